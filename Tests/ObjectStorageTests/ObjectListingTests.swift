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
    let all = (100..<140).flatMap { day in (100..<120).map { "in/dt=\(day)/\($0)".exact } }
    let store = try await store(all, pageSize: 10)
    #expect(try await keys(store) == all)
    let requests = try #require(store.counts[.list])
    // 80 pages, 4 of common prefixes to cut at, and one more a range at most, of which there is one for 8 pages at most.
    #expect(requests > 80 + 4, "not cut: \(requests)")
    #expect(requests <= 80 + 4 + 10)
  }

  @Test("little more than a page is listed one page after the other")
  func little() async throws {
    let all = (100..<112).flatMap { day in (0..<2).map { "in/dt=\(day)/\($0)".exact } }
    let store = try await store(all)
    #expect(try await keys(store) == all)
    // Three pages, and two of common prefixes, which are too few to cut at.
    #expect(store.counts[.list] == 5)
  }

  @Test("where all lies below one folder, that one is cut")
  func oneFolder() async throws {
    let all = (100..<140).flatMap { day in (0..<10).map { "in/year=2026/x/dt=\(day)/\($0)".exact } }
    let store = try await store(all, pageSize: 5)
    #expect(try await keys(store) == all)
    let cut = try #require(store.counts[.list])
    store.resetCounts()
    let listing = ObjectListing(store, bucket: "lake", prefix: "in/", width: 1)
    #expect(try await listing.objects().map(\.key) == all)
    let whole = try #require(store.counts[.list])
    // Each range may ask for a page more, and there is one for 8 pages at most.
    #expect(cut > whole && cut <= whole + 10)
  }

  @Test("whatever the layout, every key is listed once and in order")
  func random() async throws {
    var generator = SeededGenerator()
    for _ in 0..<20 {
      let names = ["a", "a/", "b/", "ä/", "b b/", "c+/", "/", "z"]
      let all = Set(
        (0..<Int.random(in: 1...400, using: &generator)).map { _ in
          let depth = Int.random(in: 0...3, using: &generator)
          let folders = (0..<depth).map { _ in names.randomElement(using: &generator) ?? "" }
          return "in/\(folders.joined())\(Int.random(in: 0...30, using: &generator))".exact
        })
      // Markers of folders, too, which are equal to the common prefixes.
      let markers = all.filter { _ in Bool.random(using: &generator) }
        .compactMap { key in
          key.text.utf8.lastIndex(of: UInt8(ascii: "/")).map { ExactText(key.text[...$0]) }
        }
      let expected = all.union(markers).sorted()
      let store = try await store(expected, pageSize: Int.random(in: 1...50, using: &generator))
      #expect(try await keys(store) == expected, "seed \(generator.seed)")
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
