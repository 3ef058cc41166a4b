public import Foundation
import IncrementalJoin
public import ObjectStorage
public import PartitionPredicate
import Synchronization

/// An object store in memory that answers as Amazon S3 does: it is consistent, its writes are conditional, and nothing is
/// to be seen of an upload before it is completed.
///
/// A tag is a hash of the content, or of the tags of the parts: equal bytes have equal tags. Every bucket exists.
public final class MemoryObjects: ObjectClient {
  /// What some stores that call themselves compatible do not look at.
  public enum Condition: CaseIterable, Sendable {
    case writeAbsent
    case writeTag
    case copyTag
    case removeTag
    case completeAbsent
    case completeTag
    /// Until when a request may be carried out.
    case validity
    /// That an upload was aborted.
    case abort
  }

  struct Object {
    var content: Data
    var tag: ExactText
    var metadata: ObjectMetadata
    var modified: Date
    var storageClass: ExactText?
  }

  struct Upload {
    var metadata: ObjectMetadata
    var begun: Date
    var parts: [Int: (content: Data, tag: ExactText)] = [:]
  }

  struct State {
    var objects: [ObjectPlace: Object] = [:]
    var uploads: [ObjectUpload: Upload] = [:]
    var begunUploads = 0
    var now = Date(timeIntervalSince1970: 1_700_000_000)
    var counts: [MemoryRequest: Int] = [:]
    var held: (kind: MemoryRequest?, skipped: Int, request: HeldRequest)?
    var failure = ObjectError.unreachable(endpoint: "memory", reason: "it is told to fail")
    var ignored: Set<Condition> = []
    var removesSeveral = true
    var largestCopy = 5 << 30
    var checksum: @Sendable (Data) -> ExactText? = { "sha256:\(MemoryObjects.digest($0))".exact }
  }

  let state = Mutex(State())
  let pageSize: Int
  /// Requests that fail before they are carried out, by the names of `MemoryRequest`.
  public let faults = Faults()
  /// Requests whose answers are lost, whatever they are, after they were carried out.
  public let losses = Faults()

  /// Creates an empty store.
  ///
  /// - Parameter pageSize: How many entries a page of a listing has at most.
  public init(pageSize: Int = 1000) { self.pageSize = pageSize }

  /// What the store's clock shows.
  public var now: Date {
    get { state.withLock { $0.now } }
    set { state.withLock { $0.now = newValue } }
  }

  /// What a request throws that is told to fail.
  public var failure: ObjectError {
    get { state.withLock { $0.failure } }
    set { state.withLock { $0.failure = newValue } }
  }

  /// What this store does not look at.
  public var ignored: Set<Condition> {
    get { state.withLock { $0.ignored } }
    set { state.withLock { $0.ignored = newValue } }
  }

  /// Whether there is a request that removes several objects, as not every store has.
  public var removesSeveral: Bool {
    get { state.withLock { $0.removesSeveral } }
    set { state.withLock { $0.removesSeveral = newValue } }
  }

  /// How many bytes one request copies at most; of Amazon S3 5 GiB.
  public var largestCopy: Int {
    get { state.withLock { $0.largestCopy } }
    set { state.withLock { $0.largestCopy = newValue } }
  }

  /// The checksum that the store has of an object that was written in one request; nil of none.
  public var checksum: @Sendable (Data) -> ExactText? {
    get { state.withLock { $0.checksum } }
    set { state.withLock { $0.checksum = newValue } }
  }

  /// How many requests there were of each kind, since the last `resetCounts`; a listing of uploads counts once.
  public var counts: [MemoryRequest: Int] { state.withLock { $0.counts } }

  /// Counts from zero again.
  public func resetCounts() { state.withLock { $0.counts = [:] } }

  /// Holds back a request that is still to come.
  ///
  /// - Parameters:
  ///   - kind: Of which kind; nil for any.
  ///   - skipped: How many of this kind pass before it.
  /// - Returns: The request, by which the test lets it go on.
  public func hold(_ kind: MemoryRequest?, after skipped: Int = 0) -> HeldRequest {
    let request = HeldRequest()
    state.withLock { $0.held = (kind, skipped, request) }
    return request
  }

  /// Puts an object there as somebody else would, in one request; nil removes it.
  public func put(_ content: Data?, at place: ObjectPlace, storageClass: ExactText? = nil) {
    state.withLock { state in
      state.objects[place] = content.map {
        Object(
          content: $0, tag: Self.tag($0), metadata: [:], modified: state.now,
          storageClass: storageClass)
      }
    }
  }

  /// The content of an object; nil when there is none.
  public func content(of place: ObjectPlace) -> Data? {
    state.withLock { $0.objects[place]?.content }
  }

  /// The objects of a bucket whose keys begin so, in the order of their keys.
  public func keys(in bucket: ExactText, prefix: ExactText = "") -> [ExactText] {
    state.withLock { $0.objects.keys }
      .filter { $0.bucket == bucket && $0.key.begins(with: prefix) }.map(\.key).sorted()
  }

  /// The uploads that were neither completed nor aborted, in the order of their keys.
  public var openUploads: [ObjectUpload] {
    state.withLock { $0.uploads.keys }.sorted { ($0.place.key, $0.id) < ($1.place.key, $1.id) }
  }

  /// The tag of an object that was written in one request.
  static func tag(_ content: Data) -> ExactText {
    ExactText(digest(content).utf8.prefix(32).map { String(UnicodeScalar($0)) }.joined())
  }

  /// The SHA-256 of some bytes, in hexadecimal.
  static func digest(_ content: Data) -> String {
    var digest = SHA256()
    content.withUnsafeBytes { digest.update($0) }
    return digest.finalize()
  }
}

extension MemoryObjects.State {
  func object(at place: ObjectPlace) throws(ObjectError) -> MemoryObjects.Object {
    guard let object = objects[place] else { throw .absent }
    return object
  }

  func facts(of place: ObjectPlace) throws(ObjectError) -> ObjectFacts {
    let object = try object(at: place)
    return ObjectFacts(
      tag: object.tag, size: Int64(object.content.count), metadata: object.metadata,
      // Of an upload's parts S3 has a checksum of checksums.
      checksum: object.tag.contains(text: "-") ? nil : checksum(object.content),
      answeredAt: now)
  }

  func checkCopy(of bytes: Int, to place: ObjectPlace) throws(ObjectError) {
    guard bytes > largestCopy else { return }
    throw .failed(
      operation: "copy", place: place.description, status: 400, code: "InvalidRequest",
      message: "The specified copy source is larger than the maximum allowable size")
  }

  func check(_ validity: RequestValidity?) throws(ObjectError) {
    guard let validity, now >= validity.from + TimeInterval(validity.seconds),
      !ignored.contains(.validity)
    else { return }
    throw .tooLate
  }

  func check(
    _ condition: WriteCondition, at place: ObjectPlace,
    ignoring absent: MemoryObjects.Condition, _ tag: MemoryObjects.Condition
  ) throws(ObjectError) {
    switch condition {
    case .always: return
    case .absent:
      if objects[place] != nil, !ignored.contains(absent) { throw .unmet }
    case .tag(let wanted):
      if objects[place]?.tag != wanted, !ignored.contains(tag) { throw .unmet }
    }
  }

  mutating func put(
    _ content: Data, _ tag: ExactText, _ metadata: ObjectMetadata, at place: ObjectPlace,
    modified: Date? = nil
  ) throws(ObjectError) -> ObjectFacts {
    objects[place] = MemoryObjects.Object(
      content: content, tag: tag, metadata: metadata, modified: modified ?? now)
    return try facts(of: place)
  }

  mutating func add(
    _ content: Data, as number: Int, to upload: ObjectUpload
  ) throws(ObjectError) -> UploadedPart {
    guard uploads[upload] != nil else { throw .noUpload }
    let tag = MemoryObjects.tag(content)
    uploads[upload]?.parts[number] = (content, tag)
    return UploadedPart(number: number, tag: tag)
  }
}
