public import Foundation
public import ObjectStorage
public import PartitionPredicate
import Synchronization

extension MemoryObjects {
  /// Counts a request, lets it fail or wait as the test said, and carries it out.
  private func carryOut<Value: Sendable>(
    _ kind: MemoryRequest, _ place: some CustomStringConvertible,
    _ body: (inout State) throws(ObjectError) -> Value
  ) async throws(ObjectError) -> Value {
    let held = state.withLock { state -> HeldRequest? in
      state.counts[kind, default: 0] += 1
      guard let held = state.held, held.kind == nil || held.kind == kind else { return nil }
      state.held = held.skipped == 0 ? nil : (held.kind, held.skipped - 1, held.request)
      return held.skipped == 0 ? held.request : nil
    }
    if Task.isCancelled { throw .cancelled }
    if faults.fails(kind.rawValue, place) { throw failure }
    await held?.pass()
    let result: Result<Value, ObjectError> = state.withLock { state in
      do throws(ObjectError) {
        return .success(try body(&state))
      } catch {
        return .failure(error)
      }
    }
    if losses.fails(kind.rawValue, place) {
      let reason = "the connection was closed"
      switch kind {
      case .write, .remove, .complete: throw .lost(reason: reason)
      default: throw .unreachable(endpoint: "memory", reason: reason)
      }
    }
    return try result.get()
  }

  /// One page of a listing, in the order of the bytes of the keys.
  public func list(
    _ bucket: ExactText, prefix: ExactText, delimiter: Bool, start: ExactText?, after: ExactText?
  ) async throws(ObjectError) -> ObjectPage {
    try await carryOut(.list, "s3://\(bucket)/\(prefix)") { state throws(ObjectError) in
      var page = ObjectPage()
      var last: ExactText?
      let keys = state.objects.keys.filter { $0.bucket == bucket && $0.key.begins(with: prefix) }
      for place in keys.sorted(by: { $0.key < $1.key }) {
        let key = place.key
        if let start, key <= start { continue }
        let common = delimiter ? Self.commonPrefix(of: key, after: prefix) : nil
        let entry = common ?? key
        if entry == last { continue }
        if let after, entry <= after { continue }
        if page.objects.count + page.prefixes.count == pageSize {
          page.next = last
          break
        }
        last = entry
        if let common {
          page.prefixes.append(common)
        } else if let object = state.objects[place] {
          page.objects.append(
            ObjectSummary(
              key: key, size: Int64(object.content.count), tag: object.tag,
              modified: object.modified, storageClass: object.storageClass))
        }
      }
      return page
    }
  }

  /// What a key has in common with others up to the next slash; nil without one.
  private static func commonPrefix(of key: ExactText, after prefix: ExactText) -> ExactText? {
    let rest = key.text.utf8.dropFirst(prefix.text.utf8.count)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    return ExactText(key.text[...slash])
  }

  /// The facts of an object; throws `.absent` without one.
  public func head(_ place: ObjectPlace) async throws(ObjectError) -> ObjectFacts {
    try await carryOut(.head, place) { state throws(ObjectError) in try state.facts(of: place) }
  }

  /// The content of an object; throws `.absent` without one.
  public func read(
    _ place: ObjectPlace
  ) async throws(ObjectError) -> (content: Data, facts: ObjectFacts) {
    try await carryOut(.read, place) { state throws(ObjectError) in
      (try state.object(at: place).content, try state.facts(of: place))
    }
  }

  /// Writes a local file; throws `.unmet` where the content is another one.
  @discardableResult
  public func download(
    _ place: ObjectPlace, tag: ExactText, to path: String
  ) async throws(ObjectError) -> ExactText? {
    let (content, checksum) = try await carryOut(.download, place) { state throws(ObjectError) in
      let object = try state.object(at: place)
      guard object.tag == tag else { throw .unmet }
      return (object.content, try state.facts(of: place).checksum)
    }
    do {
      try content.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .local(path: path, reason: error.localizedDescription)
    }
    return checksum
  }

  /// Writes an object; throws `.unmet`.
  public func write(
    _ content: Data, to place: ObjectPlace, metadata: ObjectMetadata, if condition: WriteCondition
  ) async throws(ObjectError) -> ObjectFacts {
    try await carryOut(.write, place) { state throws(ObjectError) in
      try state.check(condition, at: place, ignoring: .writeAbsent, .writeTag)
      return try state.put(content, Self.tag(content), metadata, at: place)
    }
  }

  /// Copies an object, which gets the tag of a write in one request; throws `.unmet` where the content is another one.
  public func copy(
    _ place: ObjectPlace, tag: ExactText, to other: ObjectPlace
  ) async throws(ObjectError) {
    try await carryOut(.copy, place) { state throws(ObjectError) in
      let object = try state.object(at: place)
      guard object.tag == tag || state.ignored.contains(.copyTag) else { throw .unmet }
      try state.checkCopy(of: object.content.count, to: other)
      _ = try state.put(object.content, Self.tag(object.content), object.metadata, at: other)
    }
  }

  /// Removes an object; throws `.unmet` where the content is another one, and `.tooLate`.
  public func remove(
    _ place: ObjectPlace, tag: ExactText?, validity: RequestValidity?
  ) async throws(ObjectError) {
    try await carryOut(.remove, place) { state throws(ObjectError) in
      try state.check(validity)
      if let tag { try state.check(.tag(tag), at: place, ignoring: .removeTag, .removeTag) }
      state.objects[place] = nil
    }
  }

  /// Removes objects; throws `.noBatches` where the store is told to have no such request, and `.tooLate`.
  public func remove(
    _ keys: [ExactText], in bucket: ExactText, validity: RequestValidity?
  ) async throws(ObjectError) {
    try await carryOut(.removeSeveral, "s3://\(bucket)") { state throws(ObjectError) in
      if !state.removesSeveral || keys.count > 1000 { throw .noBatches }
      try state.check(validity)
      for key in keys { state.objects[ObjectPlace(bucket: bucket, key: key)] = nil }
    }
  }

  /// Begins an upload.
  public func beginUpload(
    to place: ObjectPlace, metadata: ObjectMetadata
  ) async throws(ObjectError) -> ObjectUpload {
    try await carryOut(.beginUpload, place) { state throws(ObjectError) in
      state.begunUploads += 1
      let upload = ObjectUpload(place: place, id: "upload-\(state.begunUploads)")
      state.uploads[upload] = Upload(metadata: metadata, begun: state.now)
      return upload
    }
  }

  /// Uploads a part from a local file; throws `.noUpload`.
  public func upload(
    part number: Int, of upload: ObjectUpload, from path: String, range: Range<Int64>
  ) async throws(ObjectError) -> UploadedPart {
    guard let file = FileManager.default.contents(atPath: path), file.count >= range.upperBound
    else { throw .local(path: path, reason: "it cannot be read to the end") }
    let content = file[Int(range.lowerBound)..<Int(range.upperBound)]
    return try await carryOut(.upload, upload.place) { state throws(ObjectError) in
      try state.add(Data(content), as: number, to: upload)
    }
  }

  /// Copies bytes of an object as a part; throws `.unmet` and `.noUpload`.
  public func copy(
    part number: Int, of upload: ObjectUpload, from place: ObjectPlace, tag: ExactText,
    range: Range<Int64>?
  ) async throws(ObjectError) -> UploadedPart {
    try await carryOut(.copyPart, upload.place) { state throws(ObjectError) in
      let object = try state.object(at: place)
      guard object.tag == tag || state.ignored.contains(.copyTag) else { throw .unmet }
      let bytes = range.map { Int($0.lowerBound)..<Int($0.upperBound) }
      let content = object.content[bytes ?? 0..<object.content.count]
      try state.checkCopy(of: content.count, to: upload.place)
      return try state.add(Data(content), as: number, to: upload)
    }
  }

  /// Makes the parts an object; throws `.noUpload` and `.unmet`, after which the upload is still there.
  public func complete(
    _ upload: ObjectUpload, parts: [UploadedPart], if condition: WriteCondition
  ) async throws(ObjectError) -> ExactText {
    let tag = tag(of: parts)
    return try await carryOut(.complete, upload.place) { state throws(ObjectError) in
      guard let begun = state.uploads[upload] else { throw .noUpload }
      try state.check(condition, at: upload.place, ignoring: .completeAbsent, .completeTag)
      var content = Data()
      for (index, part) in parts.enumerated() {
        guard let uploaded = begun.parts[part.number], uploaded.tag == part.tag else {
          throw Self.refusal(of: upload.place, code: "InvalidPart")
        }
        guard index == parts.count - 1 || uploaded.content.count >= 5 << 20 else {
          throw Self.refusal(of: upload.place, code: "EntityTooSmall")
        }
        content += uploaded.content
      }
      state.uploads[upload] = nil
      return try state.put(content, tag, begun.metadata, at: upload.place, modified: begun.begun)
        .tag
    }
  }

  private static func refusal(of place: ObjectPlace, code: String) -> ObjectError {
    .failed(
      operation: "complete the upload of", place: place.description, status: 400, code: code,
      message: "the parts are not those of the upload")
  }

  /// Gives up an upload, if it is there.
  public func abort(_ upload: ObjectUpload) async throws(ObjectError) {
    try await carryOut(.abort, upload.place) { state in
      if !state.ignored.contains(.abort) { state.uploads[upload] = nil }
    }
  }

  /// The uploads that were neither completed nor aborted.
  public func uploads(
    in bucket: ExactText, prefix: ExactText
  ) async throws(ObjectError) -> [ObjectUpload] {
    try await carryOut(.uploads, "s3://\(bucket)/\(prefix)") { state throws(ObjectError) in
      state.uploads.keys
        .filter { $0.place.bucket == bucket && $0.place.key.begins(with: prefix) }
        .sorted { ($0.place.key, $0.id) < ($1.place.key, $1.id) }
    }
  }

  /// A hash of the tags, and their number.
  public func tag(of parts: [UploadedPart]) -> ExactText {
    "\(Self.tag(Data(parts.map(\.tag).joined(separator: " ").text.utf8)))-\(parts.count)"
  }
}
