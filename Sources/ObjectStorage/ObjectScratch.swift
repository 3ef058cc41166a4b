import Foundation
import IncrementalJoin
import PartitionPredicate

/// The content of an object that is asked for, and no other.
struct ObjectPin: Hashable, Sendable {
  let place: ObjectPlace
  /// As `DataFile.tag` spells it.
  let tag: ExactText
  let size: Int64

  init(_ file: DataFile, in location: Location) {
    place = ObjectPlace(location.folder(file.path))
    tag = file.tag ?? ""
    size = file.size
  }

  /// The ETag alone.
  var etag: ExactText { tag.parts(separatedBy: " ").first ?? "" }
}

/// A folder of this machine with copies of objects, for engines to read.
///
/// Each copy is downloaded once, whoever asks for it, and stays while somebody uses it; afterwards as long as all of them
/// together stay within the limit. So the folder holds the limit, or what is in use at one time where that is more.
public actor ObjectScratch {
  private struct Copy {
    let loading: Task<ExactText?, any Error>
    let size: Int64
    var users = 0
    /// Rises with each use.
    var used = 0
  }

  private let folder: String
  private let limit: Int64
  private var copies: [ObjectPin: Copy] = [:]
  private var fetched: Set<ObjectPin> = []
  /// The checksums that the store said with a download.
  private var said: [ObjectPin: ExactText] = [:]
  private var digests: [ObjectPin: String] = [:]
  private var uses = 0
  /// The size of all copies, in bytes.
  private var total: Int64 = 0
  private let downloads = Turns(8)

  /// Names a folder, which is made when the first copy comes, and need not be empty.
  ///
  /// - Parameters:
  ///   - folder: A full path.
  ///   - limit: How many bytes may stay that nobody uses.
  public init(folder: String, limit: Int64 = 4 << 30) {
    self.folder = folder
    self.limit = limit
  }

  /// Whether this process has downloaded exactly this content.
  func hasFetched(_ pin: ObjectPin) -> Bool { fetched.contains(pin) }

  /// Downloads what is not there, and keeps all of it until it is released.
  func fetch(_ pins: [ObjectPin], by client: @escaping ObjectFiles.Clients) async throws(PinError) {
    for pin in pins { use(pin, client) }
    do throws(PinError) {
      for pin in pins { try await wait(for: pin) }
    } catch {
      release(pins)
      throw error
    }
    removeUnused()
  }

  /// Lets copies go.
  func release(_ pins: [ObjectPin]) {
    for pin in pins {
      copies[pin]?.users -= 1
      // Nobody waits for it any more.
      if copies[pin]?.users == 0, !fetched.contains(pin) {
        remove(pin)?.loading.cancel()
      }
    }
    removeUnused()
  }

  /// The SHA-256 and the CRC-64/NVME of a copy, and the checksums that the store said of it; nil when there is none.
  func digest(of pin: ObjectPin) throws(PinError) -> String? {
    if let digest = digests[pin] { return digest }
    guard fetched.contains(pin), copies[pin] != nil else { return nil }
    guard let file = FileHandle(forReadingAtPath: path(of: pin)) else { return nil }
    var digest = SHA256()
    // Later only the store's own checksum of other bytes may be at hand, and Amazon S3's is of this kind.
    var sum = CRC64NVME()
    do {
      while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty {
        bytes.withUnsafeBytes { piece in
          digest.update(piece)
          sum.update(piece)
        }
      }
    } catch {
      throw .unreadable(path: path(of: pin), reason: "\(error)")
    }
    let words = "\(said[pin] ?? "") sha256:\(digest.finalize()) crc64nvme:\(sum.hexadecimal)"
    let text = ContentDigest(words.exact).text
    digests[pin] = text
    return text
  }

  /// Where the copy of an object lies.
  ///
  /// A folder by the content, and below it the object's name, with what a file system does not take in other letters.
  nonisolated func path(of pin: ObjectPin) -> String {
    let names = pin.place.key.parts(separatedBy: "/", omittingEmpty: false)
    let isPath = names.allSatisfy { name in
      !name.isEmpty && name != "." && name != ".." && name.text.utf8.count < 256
        && !name.text.utf8.contains(0)
    }
    let digest = String(SHA256.hash("\(pin.tag)\n\(pin.place)").prefix(16))
    let key = isPath ? pin.place.key.text : "\(digest)\(Self.ending(of: names.last ?? ""))"
    return "\(folder)/\(digest)\(Self.mark)\(pin.place.bucket)/\(key)"
  }

  /// A sentence with the objects' names in place of the copies' paths.
  nonisolated func readable(_ sentence: String) -> String {
    var rest = sentence.exact
    var result: ExactText = ""
    while let start = rest.range(ofFirst: "\(folder)/"),
      let end = ExactText(rest.text[start.upperBound...]).range(ofFirst: ExactText(Self.mark))
    {
      let tail = ExactText(rest.text[start.upperBound...])
      result = "\(result)\(rest.text[..<start.lowerBound])s3://"
      rest = ExactText(tail.text[end.upperBound...])
    }
    return "\(result)\(rest)"
  }

  private static let mark = "/s3:/"

  /// What tells a file's format: from the first dot of the name.
  private static func ending(of name: ExactText) -> ExactText {
    let bytes = name.text.utf8
    return ExactText(
      Substring(bytes[(bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex)...].suffix(32)))
  }
}

extension ObjectScratch {
  private func use(_ pin: ObjectPin, _ client: @escaping ObjectFiles.Clients) {
    uses += 1
    if copies[pin] == nil {
      let (path, downloads) = (path(of: pin), downloads)
      copies[pin] = Copy(
        loading: Task {
          await downloads.take()
          let checksums: ExactText?
          do {
            try Self.makeFolder(above: path)
            checksums = try await client(pin.place.bucket).download(
              pin.place, tag: pin.etag, to: path)
          } catch {
            await downloads.giveBack()
            throw error
          }
          await downloads.giveBack()
          return checksums
        }, size: pin.size)
      total += pin.size
    }
    copies[pin]?.users += 1
    copies[pin]?.used = uses
  }

  private func wait(for pin: ObjectPin) async throws(PinError) {
    guard let loading = copies[pin]?.loading else { return }
    let checksums: ExactText?
    do {
      checksums = try await withTaskCancellationHandler {
        try await loading.value
      } onCancel: {
        loading.cancel()
      }
      try Task.checkCancellation()
    } catch let error as ObjectError {
      // What failed once is tried again by who asks next.
      if copies[pin]?.users == 1 { remove(pin) }
      throw PinError(error, pin.place)
    } catch {
      throw .unreadable(path: "\(pin.place)", reason: "the run was interrupted")
    }
    fetched.insert(pin)
    said[pin] = checksums
  }

  /// Removes copies that nobody uses, those first that were used longest ago, until the rest is within the limit.
  private func removeUnused() {
    guard total > limit else { return }
    let unused = copies.filter { $0.value.users == 0 }.sorted { $0.value.used < $1.value.used }
    for (pin, _) in unused where total > limit {
      try? FileManager.default.removeItem(atPath: path(of: pin))
      remove(pin)
    }
  }

  /// Forgets a copy.
  @discardableResult
  private func remove(_ pin: ObjectPin) -> Copy? {
    let copy = copies.removeValue(forKey: pin)
    total -= copy?.size ?? 0
    return copy
  }

  private static func makeFolder(above path: String) throws(ObjectError) {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .local(path: folder, reason: error.localizedDescription)
    }
  }
}

/// Lets so many do something at once, in the order in which they come.
actor Turns {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  /// Waits for a turn.
  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// Gives a turn to the next one.
  func giveBack() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
