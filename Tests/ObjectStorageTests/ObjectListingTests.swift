import Foundation
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Listings by several requests at a time, of a store with small pages.
@Suite("Listings of object stores")
struct ObjectListingTests {
  private func store(_ keys: [ExactText], pageSize: Int = 10) async throws -> MemoryObjects {
    let store = MemoryObjects(pageSize: pageSize)
    for key in keys {
      _ = try await store.write(
        Data(), to: ObjectPlace(bucket: "lake", key: key), metadata: [:], if: .always)
    }
    return store
  }

  private func keys(_ store: MemoryObjects, prefix: ExactText = "in/") async throws -> [ExactText] {
    store.resetCounts()
    return try await ObjectListing(store, bucket: "lake", prefix: prefix).objects().map(\.key)
  }

  @Test("one page is one request")
  func onePage() async throws {
    let store = try await store((0..<10).map { "in/\($0)" } + ["other/x", "in"])
    #expect(try await keys(store) == (0..<10).map { "in/\($0)" })
    #expect(store.counts[.list] == 1)
    #expect(try await keys(store, prefix: "none/") == [])
  }

  @Test("many folders are listed side by side, by few requests more than there are pages")
  func ranges() async throws {
    let all = (100..<116).flatMap { day in (100..<150).map { "in/dt=\(day)/\($0)".exact } }
    let store = try await store(all)
    #expect(try await keys(store) == all)
    // 80 pages, one of folders to cut at, and one more for each of three ranges but the last.
    #expect(store.counts[.list] == 83)
  }

  @Test("up to ten pages are listed one after the other, by no other request")
  func little() async throws {
    for count in [24, 100] {
      let all = (100..<100 + count).map { "in/dt=\($0)/x".exact }
      let store = try await store(all)
      #expect(try await keys(store) == all)
      #expect(store.counts[.list] == (count + 9) / 10)
    }
  }

  @Test("what is not worth a cut goes on one page after the other")
  func medium() async throws {
    let all = (1000..<1200).map { "in/dt=\($0)/x".exact }
    let store = try await store(all)
    #expect(try await keys(store) == all)
    // 20 pages, and one of folders.
    #expect(store.counts[.list] == 21)
  }

  @Test("where the first pages lie in one folder, that one is cut")
  func oneFolder() async throws {
    let all = (100..<116).flatMap { day in (100..<150).map { "in/y=2026/x/dt=\(day)/\($0)".exact } }
    let store = try await store(all)
    #expect(try await keys(store) == all)
    // There is nothing ahead beside the folder `y=2026`, which is a request more than above.
    #expect(store.counts[.list] == 84)
  }

  @Test("where the first pages lie in one folder and others follow, it is cut at these")
  func laterFolders() async throws {
    let all =
      (100..<200).map { "in/a/b/\($0)".exact } + (100..<140).map { "in/c=\($0)/x".exact }
    let store = try await store(all, pageSize: 50)
    store.resetCounts()
    let listing = ObjectListing(store, bucket: "lake", prefix: "in/", firstPages: 1)
    #expect(try await listing.objects().map(\.key) == all)
    // A page, one of folders, and two ranges of two pages and one.
    #expect(store.counts[.list] == 5)
  }

  @Test("whatever the layout, every key is listed once and in order")
  func random() async throws {
    var generator = SeededGenerator()
    for round in 0..<20 {
      let names = ["a", "a/", "b/", "ä/", "b b/", "c+/", "/", "z"]
      let all = Set(
        (0..<Int.random(in: 1...400, using: &generator)).map { _ in
          let depth = Int.random(in: 0...3, using: &generator)
          let folders = (0..<depth).map { _ in names.randomElement(using: &generator) ?? "" }
          // Where much lies in one folder and little in many behind it, it is cut.
          let many = "k=\(Int.random(in: 0...30, using: &generator))/"
          let top = Bool.random(using: &generator) ? "!/" : many
          return
            "in/\(round.isMultiple(of: 2) ? "" : top)\(folders.joined())\(Int.random(in: 0...30, using: &generator))"
            .exact
        })
      // Markers of folders, too, which are equal to the common prefixes.
      let markers = all.filter { _ in Bool.random(using: &generator) }
        .compactMap { key in
          key.text.utf8.lastIndex(of: UInt8(ascii: "/")).map { ExactText(key.text[...$0]) }
        }
      let expected = all.union(markers).sorted()
      let store = try await store(expected, pageSize: Int.random(in: 1...50, using: &generator))
      let listing = ObjectListing(
        store, bucket: "lake", prefix: "in/", firstPages: Int.random(in: 1...10, using: &generator))
      #expect(
        try await listing.objects().map(\.key) == expected, "seed \(generator.seed)")
    }
  }

  @Test("a request that fails ends the listing with its error")
  func failure() async throws {
    let all = (100..<500).map { "in/dt=\($0)/x".exact }
    let store = try await store(all)
    store.failure = .expiredToken
    for failing in [0, 1, 2, 20] {
      store.faults.fail(at: failing, of: MemoryRequest.list.rawValue)
      await #expect(throws: ObjectError.expiredToken) { try await keys(store) }
    }
  }
}
