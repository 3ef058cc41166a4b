public import Foundation
public import PartitionPredicate

/// The requests of an object store's API (Amazon S3's) that tables, outputs and ledgers are built on.
///
/// Every call is one request, but for a download that is cut and goes on. An implementation retries what may be
/// sent again, with a pause, and ends promptly when its task is cancelled (`ObjectError.cancelled`). A conditional write
/// whose answer did not come is not sent again: it throws `.lost`, and who asked for it looks.
public protocol ObjectClient: Sendable {
  /// One page of what lies in a bucket, in the order of the bytes of the keys.
  ///
  /// - Parameters:
  ///   - bucket: Its name.
  ///   - prefix: What the keys begin with; empty for all.
  ///   - delimiter: Whether keys that go on with a `/` after the prefix are told as one common prefix.
  ///   - start: The key after which the listing begins; nil for the beginning of the prefix.
  ///   - after: The `next` of the page before; nil for the first one.
  /// - Returns: 1,000 entries at most.
  /// - Throws: `ObjectError`.
  func list(
    _ bucket: ExactText, prefix: ExactText, delimiter: Bool, start: ExactText?, after: ExactText?
  ) async throws(ObjectError) -> ObjectPage

  /// What an object is, without its content.
  ///
  /// - Throws: `ObjectError.absent`, also where the bucket is missing.
  func head(_ place: ObjectPlace) async throws(ObjectError) -> ObjectFacts

  /// The content of a small object, some 16 MiB at most.
  func read(_ place: ObjectPlace) async throws(ObjectError) -> (content: Data, facts: ObjectFacts)

  /// Writes an object's content into a local file, which has this path only once it is whole.
  ///
  /// - Returns: As `ObjectFacts.checksum`, where the store said it.
  /// - Throws: `ObjectError.unmet` where the content is not the one of the tag.
  @discardableResult
  func download(
    _ place: ObjectPlace, tag: ExactText, to path: String
  ) async throws(ObjectError) -> ExactText?

  /// Writes a small object in one request.
  ///
  /// - Returns: The facts of the new object.
  /// - Throws: `ObjectError.unmet`; `.lost`.
  func write(
    _ content: Data, to place: ObjectPlace, metadata: ObjectMetadata, if condition: WriteCondition
  ) async throws(ObjectError) -> ObjectFacts

  /// Copies an object within the store, its metadata too.
  ///
  /// - Throws: `ObjectError.unmet` where the content is not the one of the tag.
  func copy(_ place: ObjectPlace, tag: ExactText, to other: ObjectPlace) async throws(ObjectError)

  /// Removes an object, by a request whose signature ends at an instant of the store's clock; nil never early.
  ///
  /// - Parameters:
  ///   - place: The object's.
  ///   - tag: The content that is to go. nil removes whatever is there, and nothing is no error.
  ///   - validity: From when and how long the request may be carried out.
  /// - Throws: `ObjectError.unmet` where the content is not the one of the tag, or there is none; `.tooLate`; `.lost`.
  func remove(_ place: ObjectPlace, tag: ExactText?, validity: RequestValidity?)
    async throws(ObjectError)

  /// Removes objects, whatever is there, by one request whose signature ends at an instant of the store's clock; nothing
  /// is no error.
  ///
  /// - Parameters:
  ///   - keys: 1,000 at most.
  ///   - bucket: Where they are.
  ///   - validity: From when and how long the request may be carried out; nil never ends.
  /// - Throws: `ObjectError` of the first key that could not be removed, others may be gone; `.noBatches` of a store that
  ///   has no such request; `.tooLate`.
  func remove(_ keys: [ExactText], in bucket: ExactText, validity: RequestValidity?)
    async throws(ObjectError)

  /// Begins an upload, of which nothing is to be seen until it is completed.
  func beginUpload(to place: ObjectPlace, metadata: ObjectMetadata) async throws(ObjectError)
    -> ObjectUpload

  /// Uploads bytes of a local file as a part; only the last part of an object may have less than 5 MiB.
  func upload(part number: Int, of upload: ObjectUpload, from path: String, range: Range<Int64>)
    async throws(ObjectError) -> UploadedPart

  /// Copies bytes of another object as a part, within the store.
  ///
  /// - Parameters:
  ///   - number: From 1.
  ///   - upload: Where the part belongs.
  ///   - place: The other object's.
  ///   - tag: Of its content.
  ///   - range: Of its bytes; nil for the whole object, of 5 GiB at most.
  /// - Returns: The part.
  /// - Throws: `ObjectError.unmet` where the content is not the one of the tag.
  func copy(
    part number: Int, of upload: ObjectUpload, from place: ObjectPlace, tag: ExactText,
    range: Range<Int64>?
  ) async throws(ObjectError) -> UploadedPart

  /// Makes the parts of an upload the content of its object.
  ///
  /// - Returns: The tag of the new object.
  /// - Throws: `ObjectError.unmet`; `.noUpload` of one that was aborted; `.lost`.
  func complete(_ upload: ObjectUpload, parts: [UploadedPart], if condition: WriteCondition)
    async throws(ObjectError) -> ExactText

  /// Gives up an upload: nothing of it can be completed afterwards. One that is no more is no error.
  func abort(_ upload: ObjectUpload) async throws(ObjectError)

  /// The uploads that were begun and neither completed nor aborted, of keys with a prefix; all pages.
  func uploads(in bucket: ExactText, prefix: ExactText) async throws(ObjectError) -> [ObjectUpload]

  /// The tag that an object of these parts will have.
  func tag(of parts: [UploadedPart]) -> ExactText
}

/// Where an object lies.
public struct ObjectPlace: Hashable, Sendable {
  /// The bucket's name, or the ARN of an access point.
  public let bucket: ExactText
  /// Opaque bytes: `//` and `..` in it mean nothing.
  public let key: ExactText

  /// Names a place.
  public init(bucket: ExactText, key: ExactText) {
    self.bucket = bucket
    self.key = key
  }
}

extension ObjectPlace: CustomStringConvertible {
  /// For people: `s3://bucket/key`.
  public var description: String { "s3://\(bucket)/\(key)" }
}

/// Names of ASCII letters, digits and `-`, in lower case, with values of printable ASCII: 2 KB in all.
public typealias ObjectMetadata = [String: String]  // characters: names are ASCII

/// One object of a listing.
public struct ObjectSummary: Hashable, Sendable {
  /// Opaque bytes.
  public let key: ExactText
  /// In bytes.
  public let size: Int64
  /// The ETag without quotes.
  public let tag: ExactText
  /// To the second.
  public let modified: Date
  /// Such as `STANDARD` and `GLACIER`; nil where the store does not say it.
  public let storageClass: ExactText?

  /// Creates an entry of a listing.
  public init(
    key: ExactText, size: Int64, tag: ExactText, modified: Date, storageClass: ExactText? = nil
  ) {
    self.key = key
    self.size = size
    self.tag = tag
    self.modified = modified
    self.storageClass = storageClass
  }

  /// Whether its content has to be restored before it can be read.
  public var isArchived: Bool { storageClass == "GLACIER" || storageClass == "DEEP_ARCHIVE" }
}

/// A page of a listing.
public struct ObjectPage: Hashable, Sendable {
  /// In the order of the bytes of their keys.
  public var objects: [ObjectSummary]
  /// With a delimiter: what keys have in common up to a `/`, which is included.
  public var prefixes: [ExactText]
  /// Continues the listing; nil on the last page.
  public var next: ExactText?

  /// Creates a page.
  public init(objects: [ObjectSummary] = [], prefixes: [ExactText] = [], next: ExactText? = nil) {
    self.objects = objects
    self.prefixes = prefixes
    self.next = next
  }
}

/// What a store tells of an object.
public struct ObjectFacts: Hashable, Sendable {
  /// The ETag without quotes.
  public var tag: ExactText
  /// In bytes.
  public var size: Int64
  /// What was given when it was written.
  public var metadata: ObjectMetadata
  /// The text of a `ContentDigest` with what the store itself has of the whole content; nil where it has nothing.
  public var checksum: ExactText?
  /// What the store's clock showed when it answered.
  public var answeredAt: Date

  /// Creates facts.
  public init(
    tag: ExactText, size: Int64, metadata: ObjectMetadata = [:], checksum: ExactText? = nil,
    answeredAt: Date
  ) {
    self.tag = tag
    self.size = size
    self.metadata = metadata
    self.checksum = checksum
    self.answeredAt = answeredAt
  }
}

/// What has to be there for a write to be carried out.
public enum WriteCondition: Hashable, Sendable {
  case always
  /// Nothing (`If-None-Match: *`).
  case absent
  /// This content (`If-Match`).
  case tag(ExactText)
}

/// From when, by the store's clock, and how long a request may be carried out.
public struct RequestValidity: Hashable, Sendable {
  /// The first instant.
  public let from: Date
  /// In whole seconds.
  public let seconds: Int

  /// Creates a validity.
  public init(from: Date, seconds: Int) {
    self.from = from
    self.seconds = seconds
  }
}

/// An upload that was begun.
public struct ObjectUpload: Hashable, Sendable {
  /// The object that it will be.
  public let place: ObjectPlace
  /// The store's name of it.
  public let id: ExactText

  /// Names an upload.
  public init(place: ObjectPlace, id: ExactText) {
    self.place = place
    self.id = id
  }
}

/// A part of an upload.
public struct UploadedPart: Hashable, Sendable {
  /// From 1.
  public let number: Int
  /// The ETag without quotes.
  public let tag: ExactText
  /// The SHA-256 of the part in base64, which a store that keeps it wants to see again when the upload is completed;
  /// nil where the store did not say it.
  public let checksum: ExactText?

  /// Names a part.
  public init(number: Int, tag: ExactText, checksum: ExactText? = nil) {
    self.number = number
    self.tag = tag
    self.checksum = checksum
  }
}
