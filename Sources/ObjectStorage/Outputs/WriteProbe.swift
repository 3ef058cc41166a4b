import Foundation
import IncrementalJoin
import PartitionPredicate

/// Tries, on objects of its own, whether a store does what publishing relies on; done once for an output.
struct WriteProbe {
  /// What was found out, as the object `probe.json` says it.
  struct Result: Hashable, Codable, Sendable {
    let date: Date
    /// Whether a removal spares an object that is not the one that is meant.
    ///
    /// Without that, a removal looks first.
    let removesConditionally: Bool
  }

  private let places: ObjectLocations
  private let requests: OutputRequests
  private let scratch: ScratchFolder
  private let place: ObjectPlace
  private let other: ObjectPlace
  /// The tag of nothing.
  private let wrong = ExactText(String(repeating: "0", count: 32))

  init(_ places: ObjectLocations, _ requests: OutputRequests, _ scratch: ScratchFolder) {
    self.places = places
    self.requests = requests
    self.scratch = scratch
    let name = UUID().uuidString
    place = places.hidden("probe/\(name)/first")
    other = places.hidden("probe/\(name)/second")
  }

  /// What was found out about the store of an output, and what its clock showed just now; nil before that.
  static func read(
    _ places: ObjectLocations, _ requests: OutputRequests
  ) async throws(PublishError) -> (result: Result, clock: StoreClock)? {
    let sent = ContinuousClock.now
    do throws(ObjectError) {
      let (content, facts) = try await requests.send { client throws(ObjectError) in
        try await client.read(places.probe)
      }
      guard let result = try? JSONDecoder().decode(Result.self, from: content) else { return nil }
      return (result, StoreClock(facts.answeredAt, sent: sent))
    } catch .absent {
      return nil
    } catch {
      throw error.cannot("read", places.probe)
    }
  }

  /// Tries everything, cleans up, and remembers the result.
  ///
  /// - Returns: What the store's clock showed.
  /// - Throws: `PublishError.system` that says what the store does not do.
  func run() async throws(PublishError) -> StoreClock {
    let removesConditionally: Bool
    do throws(PublishError) {
      removesConditionally = try await tryAll()
    } catch {
      await cleanUp()
      throw error
    }
    await cleanUp()
    let sent = ContinuousClock.now
    let result = Result(date: Date(), removesConditionally: removesConditionally)
    let content = (try? JSONEncoder().encode(result)) ?? Data()
    let facts = try await requests.send(to: "write", places.probe) {
      [places] client throws(ObjectError) in
      try await client.write(content, to: places.probe, metadata: [:], if: .always)
    }
    return StoreClock(facts.answeredAt, sent: sent)
  }

  private func tryAll() async throws(PublishError) -> Bool {
    let written = try await tryWrites()
    try await expectRefusal("copies an object other than the intended one") {
      [place, other, wrong] client throws(ObjectError) in
      try await client.copy(place, tag: wrong, to: other)
    }
    let completed = try await tryUploads(over: written.tag)
    return try await tryRemovals(of: completed, at: written.answeredAt)
  }

  private func tryWrites() async throws(PublishError) -> ObjectFacts {
    let first = try await send { [place] client throws(ObjectError) in
      try await client.write(Data("1".utf8), to: place, metadata: [:], if: .absent)
    }
    try await expectRefusal("overwrites an object where a new one was intended (If-None-Match)") {
      [place] client throws(ObjectError) in
      _ = try await client.write(Data("2".utf8), to: place, metadata: [:], if: .absent)
    }
    try await expectRefusal("overwrites an object other than the intended one (If-Match)") {
      [place, wrong] client throws(ObjectError) in
      _ = try await client.write(Data("2".utf8), to: place, metadata: [:], if: .tag(wrong))
    }
    return try await send { [place] client throws(ObjectError) in
      try await client.write(Data("2".utf8), to: place, metadata: [:], if: .tag(first.tag))
    }
  }

  private func tryUploads(over tag: ExactText) async throws(PublishError) -> ExactText {
    let aborted = try await upload()
    try await send { client throws(ObjectError) in try await client.abort(aborted.upload) }
    try await expectRefusal("completes an upload that was aborted", .noUpload) {
      client throws(ObjectError) in
      _ = try await client.complete(aborted.upload, parts: [aborted.part], if: .tag(tag))
    }
    for (condition, name) in [(WriteCondition.absent, "If-None-Match"), (.tag(wrong), "If-Match")] {
      let upload = try await upload()
      try await expectRefusal("does not look at \(name) when an upload is completed") {
        client throws(ObjectError) in
        _ = try await client.complete(upload.upload, parts: [upload.part], if: condition)
      }
      try await send { client throws(ObjectError) in try await client.abort(upload.upload) }
    }
    let last = try await upload()
    let completed = try await send { client throws(ObjectError) in
      try await client.complete(last.upload, parts: [last.part], if: .tag(tag))
    }
    guard completed == requests.tag(of: [last.part]) else {
      throw unfit("gives an upload another tag than its parts say")
    }
    return completed
  }

  /// Returns whether they are conditional.
  private func tryRemovals(
    of tag: ExactText, at date: Date
  ) async throws(PublishError) -> Bool {
    try await expectRefusal("carries out a request after its end", .tooLate) {
      [place] client throws(ObjectError) in
      try await client.remove(
        place, tag: tag, validity: RequestValidity(from: date - 3600, seconds: 1))
    }
    do throws(ObjectError) {
      try await requests.send { [place, wrong] client throws(ObjectError) in
        try await client.remove(place, tag: wrong, validity: nil)
      }
      return false
    } catch .unmet {
      return true
    } catch {
      guard case .failed = error else { throw error.cannot("try the store on", place) }
      return false
    }
  }

  private func upload() async throws(PublishError) -> (upload: ObjectUpload, part: UploadedPart) {
    let name = UUID().uuidString
    let path = try scratch.write(Data("3".utf8), to: name)
    defer { try? scratch.remove(path) }
    return try await send { [place] client throws(ObjectError) in
      let upload = try await client.beginUpload(to: place, metadata: [:])
      return (upload, try await client.upload(part: 1, of: upload, from: path, range: 0..<1))
    }
  }

  private func send<Value: Sendable>(
    _ request: @escaping @Sendable (any ObjectClient) async throws(ObjectError) -> Value
  ) async throws(PublishError) -> Value {
    try await requests.send(to: "try the store on", place, request)
  }

  /// Sends what the store must refuse.
  private func expectRefusal(
    _ lack: String, _ expected: ObjectError = .unmet,
    _ request: @escaping @Sendable (any ObjectClient) async throws(ObjectError) -> Void
  ) async throws(PublishError) {
    do throws(ObjectError) {
      try await requests.send(request)
    } catch {
      guard error == expected else { throw error.cannot("try the store on", place) }
      return
    }
    throw unfit(lack)
  }

  private func unfit(_ lack: String) -> PublishError {
    .system(
      operation: "publish to", path: places.location.description,
      reason:
        "the store \(lack), so that two runs could destroy each other's work there (outputs need a store with "
        + "the conditional writes of Amazon S3)")
  }

  private func cleanUp() async {
    for place in [place, other] {
      _ = try? await requests.send { client throws(ObjectError) in
        try await client.remove(place, tag: nil, validity: nil)
      }
    }
  }
}
