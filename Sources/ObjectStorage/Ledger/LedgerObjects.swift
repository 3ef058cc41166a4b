import Foundation
import Ledger
import PartitionPredicate

/// The objects of one ledger in a store, and the requests for them.
///
/// Errors are `ObjectError` where nothing else is said.
struct LedgerObjects {
  let client: any ObjectClient
  let bucket: ExactText
  /// What the keys begin with: empty, or with a `/` at its end.
  let folder: ExactText

  init(_ client: any ObjectClient, at place: ObjectPlace) {
    self.client = client
    bucket = place.bucket
    let key = place.key
    folder = key.text.isEmpty || key.text.utf8.last == UInt8(ascii: "/") ? key : "\(key)/"
  }

  /// For people: `s3://bucket/prefix`.
  var place: String {
    let end =
      folder.text.isEmpty ? folder.text.startIndex : folder.text.index(before: folder.text.endIndex)
    return "s3://\(bucket)/\(folder.text[..<end])"
  }

  private func object(_ name: ExactText) -> ObjectPlace {
    ObjectPlace(bucket: bucket, key: "\(folder)\(name)")
  }

  // MARK: - Listing

  /// What there is: all of it, or every snapshot and the changes from a number on.
  func history(from number: Int? = nil) async throws -> StoredHistory {
    var history = StoredHistory()
    let start = number.flatMap { $0 > 0 ? "\(folder)\(StoredHistory.change($0 - 1))" : nil }
    var next: ExactText?
    repeat {
      let page = try await client.list(
        bucket, prefix: folder, delimiter: false, start: start.map { ExactText($0) }, after: next)
      for object in page.objects { history.add(object, below: folder) }
      next = page.next
    } while next != nil
    return history
  }

  // MARK: - Changes

  /// The size of a change that is read in one request.
  private static let largest: Int64 = 1 << 20

  /// Reads a change that was listed.
  ///
  /// - Throws: `Misfit` also where there is none.
  func change(_ number: Int, of history: StoredHistory) async throws
    -> (change: StoredChange, tag: ExactText)
  {
    guard let object = history.changes[number] else { throw Misfit("change \(number) is missing") }
    do {
      let (content, tag) = try await content(of: object)
      return (try StoredChange(content, number: number, place: place), tag)
    } catch ObjectError.absent, ObjectError.unmet {
      throw Misfit("change \(number) was removed while it was read")
    }
  }

  private func content(of object: ObjectSummary) async throws -> (Data, ExactText) {
    let place = ObjectPlace(bucket: bucket, key: object.key)
    guard object.size > Self.largest else {
      let (content, facts) = try await client.read(place)
      return (content, facts.tag)
    }
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try await client.download(place, tag: object.tag, to: file.path)
    return (try Data(contentsOf: file), object.tag)
  }

  /// Reads changes, all at once, in their order.
  func changes(_ numbers: Range<Int>, of history: StoredHistory) async throws
    -> [(change: StoredChange, tag: ExactText)]
  {
    try await withThrowingTaskGroup { group in
      for number in numbers { group.addTask { try await change(number, of: history) } }
      var changes: [(change: StoredChange, tag: ExactText)] = []
      for try await change in group { changes.append(change) }
      return changes.sorted { $0.change.header.number < $1.change.header.number }
    }
  }

  /// Writes a change as the newest one.
  ///
  /// A number may also be free because its change was removed long ago. Then there are later ones that do not continue ours.
  ///
  /// - Returns: The tag of its object.
  /// - Throws: `LedgerError`: `.overtaken`, `.uncertain` and `.unreachable`.
  func append(_ change: StoredChange) async throws -> ExactText {
    let number = change.header.number
    let place = object(StoredHistory.change(number))
    let tag = try await write(try change.content, to: place)
    do {
      let later = try await history(from: number + 1)
      if later.changes.isEmpty { return tag }
      let (next, _) = try await self.change(number + 1, of: later)
      if next.header.after == change.header.id { return tag }
    } catch let error as ObjectError {
      throw LedgerError.uncertain(place: self.place, reason: "\(error)")
    } catch is Misfit {}
    try? await client.remove(place, tag: tag, validity: nil)
    throw LedgerError.overtaken(place: self.place)
  }

  /// Writes an object where there is none; one that is there already may be our own, whose answer was lost.
  private func write(_ content: Data, to place: ObjectPlace) async throws -> ExactText {
    var reason: ObjectError = .unmet
    for _ in 0..<3 {
      do {
        return try await client.write(content, to: place, metadata: [:], if: .absent).tag
      } catch {
        reason = error
      }
      guard reason.leavesOpen else { break }
      do {
        let (found, facts) = try await client.read(place)
        guard found == content else { throw LedgerError.overtaken(place: self.place) }
        return facts.tag
      } catch ObjectError.absent {
        continue
      } catch let error as ObjectError {
        throw LedgerError.uncertain(place: self.place, reason: "\(error)")
      }
    }
    throw reason.leavesOpen
      ? LedgerError.uncertain(place: self.place, reason: "\(reason)")
      : LedgerError.unreachable(place: self.place, reason: "\(reason)")
  }
}

extension ObjectError {
  /// Whether a conditional write that failed so may have been carried out, or somebody else's was.
  fileprivate var leavesOpen: Bool {
    switch self {
    case .unmet, .lost, .busy, .unreachable, .unreadable, .cancelled: true
    case .failed(_, _, let status, _, _): status >= 500
    default: false
    }
  }
}
