import Foundation
import ObjectStorage
import PartitionPredicate
import Testing
import TestSupport

@Suite("The object store in memory answers as S3 does")
struct MemoryObjectsTests {
  private let store = MemoryObjects(pageSize: 2)
  private let place = ObjectPlace(bucket: "b", key: "t/k")

  private func write(_ text: String, if condition: WriteCondition) async throws -> ExactText {
    try await store.write(Data(text.utf8), to: place, metadata: [:], if: condition).tag
  }

  @Test func aConditionDecidesAndEqualBytesHaveEqualTags() async throws {
    await #expect(throws: ObjectError.unmet) { _ = try await write("1", if: .tag("x")) }
    let first = try await write("1", if: .absent)
    await #expect(throws: ObjectError.unmet) { _ = try await write("2", if: .absent) }
    _ = try await write("2", if: .tag(first))
    await #expect(throws: ObjectError.unmet) { _ = try await write("3", if: .tag(first)) }
    #expect(try await write("1", if: .always) == first)
    await #expect(throws: ObjectError.unmet) {
      try await store.remove(place, tag: "x", validity: nil)
    }
    let validity = RequestValidity(from: store.now, seconds: 60)
    store.now += 60
    await #expect(throws: ObjectError.tooLate) {
      try await store.remove(place, tag: first, validity: validity)
    }
    store.now -= 1
    try await store.remove(place, tag: first, validity: validity)
    await #expect(throws: ObjectError.unmet) {
      try await store.remove(place, tag: first, validity: nil)
    }
    await #expect(throws: ObjectError.absent) { _ = try await store.head(place) }
  }

  @Test func pagesGoByTheBytesOfTheKeysAndByFolders() async throws {
    let keys: [ExactText] = ["t/a", "t/b/1", "t/b/2", "t/é", "t/e\u{301}", "t/c/1", "u"]
    for key in keys { store.put(Data(), at: ObjectPlace(bucket: "b", key: key)) }
    for delimiter in [false, true] {
      var (found, pages, next): ([ExactText], Int, ExactText?) = ([], 0, nil)
      repeat {
        let page = try await store.list(
          "b", prefix: "t/", delimiter: delimiter, start: nil, after: next)
        found += (page.objects.map(\.key) + page.prefixes).sorted()
        next = page.next
        pages += 1
      } while next != nil
      #expect(
        found
          == (delimiter
            ? ["t/a", "t/b/", "t/c/", "t/e\u{301}", "t/é"]
            : ["t/a", "t/b/1", "t/b/2", "t/c/1", "t/e\u{301}", "t/é"]))
      #expect(pages == 3)
    }
    #expect(store.counts[.list] == 6)
    let rest = try await store.list("b", prefix: "t/", delimiter: false, start: "t/c/1", after: nil)
    #expect(rest.objects.map(\.key) == ["t/e\u{301}", "t/é"])
  }

  @Test func anUploadIsInvisibleUntilItIsCompletedAndGoneOnceItIsAborted() async throws {
    let folder = try TemporaryFolder()
    try folder.write("content", to: "f")
    for isAborted in [false, true] {
      let upload = try await store.beginUpload(to: place, metadata: ["a": "b"])
      let part = try await store.upload(
        part: 1, of: upload, from: "\(folder.path)/f", range: 0..<7)
      #expect(store.content(of: place) == nil)
      #expect(try await store.uploads(in: "b", prefix: "t/") == [upload])
      let held = store.hold(.complete)
      let completion = Task { try await store.complete(upload, parts: [part], if: .absent) }
      await held.arrived()
      if isAborted { try await store.abort(upload) }
      held.proceed()
      if isAborted {
        await #expect(throws: ObjectError.noUpload) { _ = try await completion.value }
      } else {
        #expect(try await completion.value == store.tag(of: [part]))
        #expect(try await store.head(place).metadata == ["a": "b"])
        try await store.remove(place, tag: nil, validity: nil)
      }
      #expect(store.openUploads.isEmpty)
    }
  }

  @Test func anAnswerIsLostAfterTheRequestWasCarriedOut() async throws {
    store.losses.fail(at: 0)
    await #expect(throws: ObjectError.lost(reason: "the connection was closed")) {
      _ = try await write("1", if: .absent)
    }
    #expect(store.content(of: place) == Data("1".utf8))
    store.faults.fail(at: 0)
    await #expect(throws: store.failure) { _ = try await write("2", if: .always) }
    #expect(store.content(of: place) == Data("1".utf8))
  }
}
