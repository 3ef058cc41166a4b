import Foundation
public import IncrementalJoin
public import PartitionPredicate

/// Files in an object store: every object below a location is one, by the rest of its key.
///
/// The content tag of a file is the ETag and the size of its object; what else may change of an object, such as the time
/// of its last modification, is no change. Engines read copies on this machine: each is downloaded on the condition that the
/// object still has the pinned ETag, so that what was read is what was planned, whatever happens to the object afterwards.
public struct ObjectFiles: FileStore {
  /// Finds the client that reaches a bucket.
  public typealias Clients = @Sendable (_ bucket: ExactText) throws(ObjectError) -> any ObjectClient

  private let client: Clients
  private let scratch: ObjectScratch

  /// Reads the objects of some buckets.
  ///
  /// - Parameters:
  ///   - clients: Ask the stores in which the buckets lie.
  ///   - scratch: Where copies lie while engines read them.
  public init(_ clients: @escaping Clients, scratch: ObjectScratch) {
    client = clients
    self.scratch = scratch
  }

  /// Shows a visitor what lies below a location, in the order of the bytes of the keys.
  ///
  /// One that leaves out folders is asked level by level where there is more than a page, so that what it leaves out is
  /// not listed.
  ///
  /// - Throws: `FileStoreError`: `.absent` where no key begins with the location.
  public func list<Visitor: FolderVisitor>(
    _ location: Location, _ visitor: inout Visitor
  ) async throws(FileStoreError) {
    let place = ObjectPlace(folder: location)
    var walk = KeyWalk(prefix: place.key)
    do throws(ObjectError) {
      try await list(place, by: client(place.bucket), &walk, &visitor)
    } catch {
      throw FileStoreError(error)
    }
    if !walk.hasFound { throw .absent }
  }

  /// The location itself: objects have no aliases.
  public func resolved(_ location: Location) -> Location { location }

  /// Asks for the object's ETag, unless its content was downloaded by it before.
  ///
  /// - Throws: `PinError`.
  public func check(_ file: DataFile, in location: Location) async throws(PinError) {
    let pin = ObjectPin(file, in: location)
    if await scratch.hasFetched(pin) { return }
    let facts: ObjectFacts
    do throws(ObjectError) {
      facts = try await client(pin.place.bucket).head(pin.place)
    } catch {
      throw PinError(error, pin.place)
    }
    guard pin.tag == DataFile.tag(facts.tag, size: facts.size) else {
      throw .changed(path: "\(pin.place)")
    }
    if let digest = file.digest, !file.isFinal {
      let now = ContentDigest(try await self.digest(of: file, in: location).exact)
      if !now.isSameContent(as: ContentDigest(digest.exact)) {
        throw .changed(path: "\(pin.place)")
      }
    }
  }

  /// The checksums of the copy that was downloaded, with those that the store said; else what the store says now.
  ///
  /// - Throws: `PinError`; `.unreadable` where only a download would tell.
  public func digest(of file: DataFile, in location: Location) async throws(PinError) -> String {
    let pin = ObjectPin(file, in: location)
    if let digest = try await scratch.digest(of: pin) { return digest }
    let facts: ObjectFacts
    do throws(ObjectError) {
      facts = try await client(pin.place.bucket).head(pin.place)
    } catch {
      throw PinError(error, pin.place)
    }
    guard pin.tag == DataFile.tag(facts.tag, size: facts.size) else {
      throw .changed(path: "\(pin.place)")
    }
    guard let checksum = facts.checksum else {
      throw .unreadable(
        path: "\(pin.place)", reason: "the store has no checksum of its whole content")
    }
    return ContentDigest(checksum).text
  }

  /// So many objects are asked about at a time.
  private static let width = 16

  /// Asks about several objects side by side.
  public func digests(of files: [DataFile], in location: Location) async -> [String?] {
    var digests = [String?](repeating: nil, count: files.count)
    var rest = files.indices.makeIterator()
    await withTaskGroup(of: (Int, String?).self) { group in
      for index in (0..<Self.width).compactMap({ _ in rest.next() }) {
        group.addTask { (index, try? await self.digest(of: files[index], in: location)) }
      }
      for await (index, digest) in group {
        digests[index] = digest
        if let index = rest.next() {
          group.addTask { (index, try? await self.digest(of: files[index], in: location)) }
        }
      }
    }
    return digests
  }

  /// Where the copy of an object lies once it was fetched.
  public func place(of file: DataFile, in location: Location) -> String {
    scratch.path(of: ObjectPin(file, in: location))
  }

  /// Downloads what no earlier call has, side by side.
  ///
  /// - Throws: `PinError`: `.changed` of an object that has another ETag by now.
  public func fetch(_ files: [DataFile], in location: Location) async throws(PinError) {
    try await scratch.fetch(files.map { ObjectPin($0, in: location) }, by: client)
  }

  /// Lets copies go, which stay while there is room.
  public func release(_ files: [DataFile], in location: Location) async {
    await scratch.release(files.map { ObjectPin($0, in: location) })
  }

  /// The sentence with the objects' names in place of the copies'.
  public func readable(_ sentence: String) -> String { scratch.readable(sentence) }
}

extension ObjectFiles {
  /// Lists a folder: in one page, else level by level or, where nothing will be left out, key by key.
  private func list<Visitor: FolderVisitor>(
    _ folder: ObjectPlace, by client: any ObjectClient, _ walk: inout KeyWalk,
    _ visitor: inout Visitor
  ) async throws(ObjectError) {
    guard visitor.prunes else {
      let listing = ObjectListing(client, bucket: folder.bucket, prefix: folder.key)
      for object in try await listing.objects() { walk.visit(object, &visitor) }
      return
    }
    var page = try await client.list(
      folder.bucket, prefix: folder.key, delimiter: false, start: nil, after: nil)
    guard page.next != nil else {
      for object in page.objects { walk.visit(object, &visitor) }
      return
    }
    var next: ExactText?
    repeat {
      page = try await client.list(
        folder.bucket, prefix: folder.key, delimiter: true, start: nil, after: next)
      for object in page.objects { walk.visit(object, &visitor) }
      for prefix in page.prefixes where walk.enter(prefix, &visitor) {
        try await list(
          ObjectPlace(bucket: folder.bucket, key: prefix), by: client, &walk, &visitor)
      }
      next = page.next
    } while next != nil
  }
}

extension ObjectPlace {
  /// What the keys of everything below a location begin with, and the bucket.
  public init(folder location: Location) {
    let (bucket, key) = location.bucketAndKey
    self.init(bucket: bucket, key: key.isEmpty ? "" : "\(key)/")
  }

  /// The object of a location.
  public init(_ location: Location) {
    let (bucket, key) = location.bucketAndKey
    self.init(bucket: bucket, key: key)
  }
}

extension Location {
  /// The bucket, which an access point's ARN may stand for, and the rest.
  fileprivate var bucketAndKey: (ExactText, ExactText) {
    let bytes = root.text.utf8
    var slash = bytes.firstIndex(of: UInt8(ascii: "/"))
    if let first = slash, root.begins(with: "arn:") {
      slash = bytes[bytes.index(after: first)...].firstIndex(of: UInt8(ascii: "/"))
    }
    guard let slash else { return (root, "") }
    return (
      ExactText(Substring(bytes[..<slash])),
      ExactText(Substring(bytes[bytes.index(after: slash)...]))
    )
  }
}

extension DataFile {
  /// What the content of an object is called.
  static func tag(_ tag: ExactText, size: Int64) -> ExactText { "\(tag) \(size)" }
}

extension FileStoreError {
  /// Why a location cannot be listed.
  init(_ error: ObjectError) { self = .unreadable(reason: error.reason) }
}

extension ObjectError {
  /// The sentence as a part of another one.
  var reason: String {
    var reason = description
    if reason.utf8.last == UInt8(ascii: ".") { reason.unicodeScalars.removeLast() }
    return reason
  }
}

extension PinError {
  /// Why an object cannot be read as it was pinned.
  init(_ error: ObjectError, _ place: ObjectPlace) {
    switch error {
    case .absent: self = .vanished(path: "\(place)")
    case .unmet: self = .changed(path: "\(place)")
    default: self = .unreadable(path: "\(place)", reason: error.reason)
    }
  }
}
