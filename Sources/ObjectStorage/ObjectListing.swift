public import PartitionPredicate

/// Everything below a prefix of a bucket, listed by several requests at a time where there is much.
///
/// The first pages come one after the other, and where they are all, no request is made but for them. What comes behind
/// them is cut at folders into ranges of keys that are listed side by side. Finding the folders takes one request, or two
/// where the first pages lie in one folder; each range asks for one page more than it has keys for at most, and there is
/// one range for 16 expected pages at most.
public struct ObjectListing: Sendable {
  private let client: any ObjectClient
  private let bucket: ExactText
  private let prefix: ExactText
  private let firstPages: Int
  /// How many requests run at a time at most.
  private static let width = 16
  /// How many pages a range should have at least, so that a page more for each is little.
  private static let pagesPerRange = 16

  /// Prepares a listing.
  ///
  /// - Parameters:
  ///   - client: Of the store.
  ///   - bucket: Its name.
  ///   - prefix: What the keys begin with; empty for all.
  ///   - firstPages: How many pages are listed before it is asked what more there is; 1 at least.
  public init(
    _ client: any ObjectClient, bucket: ExactText, prefix: ExactText, firstPages: Int = 10
  ) {
    self.client = client
    self.bucket = bucket
    self.prefix = prefix
    self.firstPages = firstPages
  }

  /// All objects, in the order of the bytes of their keys.
  ///
  /// SeaweedFS lists `x/…` before `x.parquet`, which S3 does not: then all is listed again by one request after the other.
  ///
  /// - Throws: `ObjectError`; `.unreadable` where a page repeats keys or goes backwards.
  public func objects() async throws(ObjectError) -> [ObjectSummary] {
    do throws(ObjectError) {
      return try await objectsInOrder()
    } catch {
      guard case .unreadable = error else { throw error }
      guard let all = try? await list(KeyRange(order: .names)).objects else { throw error }
      return all.sorted { $0.key < $1.key }
    }
  }

  private func objectsInOrder() async throws(ObjectError) -> [ObjectSummary] {
    let (first, isWhole) = try await list(KeyRange(), pages: firstPages)
    if isWhole { return first }
    let ranges = try await ranges(behind: first.map(\.key))
    return try await first + side(bySide: ranges)
  }

  /// Lists ranges at the same time; their order is kept.
  private func side(bySide ranges: [KeyRange]) async throws(ObjectError) -> [ObjectSummary] {
    try await withTaskGroup(of: (Int, Result<[ObjectSummary], ObjectError>).self) { group in
      for (index, range) in ranges.enumerated() {
        group.addTask { (index, await objects(in: range)) }
      }
      var parts = [[ObjectSummary]](repeating: [], count: ranges.count)
      for await (index, part) in group {
        switch part {
        case .success(let objects): parts[index] = objects
        case .failure(let error):
          group.cancelAll()
          return Result<[ObjectSummary], ObjectError>.failure(error)
        }
      }
      return .success(parts.flatMap(\.self))
    }.get()
  }

  private func objects(in range: KeyRange) async -> Result<[ObjectSummary], ObjectError> {
    do throws(ObjectError) {
      return .success(try await list(range).objects)
    } catch {
      return .failure(error)
    }
  }

  /// Lists the pages of a range, or the first of them.
  ///
  /// - Returns: Its objects, and whether these are all.
  private func list(_ range: KeyRange, pages: Int = .max) async throws(ObjectError) -> (
    objects: [ObjectSummary], isWhole: Bool
  ) {
    var objects: [ObjectSummary] = []
    var last = range.after
    var token: ExactText?
    for _ in 0..<pages {
      let page = try await client.list(
        bucket, prefix: prefix, delimiter: false, start: range.after, after: token)
      for object in page.objects {
        guard object.key.begins(with: prefix),
          last.map({ range.order.isAscending($0, object.key) }) ?? true
        else {
          throw .unreadable(
            operation: "list", reason: "\(object.key) comes out of order, or a second time")
        }
        if let end = range.through, end < object.key { return (objects, true) }
        objects.append(object)
        last = object.key
      }
      guard let next = page.next else { return (objects, true) }
      guard next != token else {
        throw .unreadable(operation: "list", reason: "a page continues with itself")
      }
      token = next
    }
    return (objects, false)
  }

  /// Cuts what comes behind the first pages into ranges.
  ///
  /// They are cut at the folders of the prefix, or, where none of these lies ahead, at those of the innermost folder that
  /// has all the keys.
  ///
  /// - Parameter keys: Those of the first pages.
  /// - Returns: One range at least.
  /// - Throws: `ObjectError`.
  private func ranges(behind keys: [ExactText]) async throws(ObjectError) -> [KeyRange] {
    guard let first = keys.first, let last = keys.last else { return [KeyRange()] }
    var folders = [prefix]
    let bytes = first.text.utf8
    let same = zip(bytes, last.text.utf8).prefix { $0 == $1 }.count
    if let slash = bytes.prefix(same).lastIndex(of: UInt8(ascii: "/")) {
      let folder = ExactText(Substring(bytes[...slash]))
      if folder != prefix, folder.begins(with: prefix) { folders.append(folder) }
    }
    for folder in folders {
      let page = try await client.list(
        bucket, prefix: folder, delimiter: true, start: last, after: nil)
      let ahead = page.prefixes.filter { last < $0 }.sorted()
      if ahead.isEmpty { continue }
      let passed = Set(keys.compactMap { $0.folder(below: folder) }).count
      // As many pages as those of the folders that were passed suggest.
      let pages = firstPages * ahead.count / max(1, passed)
      let count = max(1, min(Self.width, pages / Self.pagesPerRange, ahead.count + 1))
      let cuts = (1..<count).map { ahead[$0 * (ahead.count + 1) / count - 1] }
      return zip([last] + cuts, cuts.map(Optional.init) + [nil]).map {
        KeyRange(after: $0, through: $1)
      }
    }
    return [KeyRange(after: last)]
  }
}

extension ExactText {
  /// A key up to the first slash behind the folder in which it lies; nil where there is none.
  fileprivate func folder(below folder: ExactText) -> ExactText? {
    let bytes = text.utf8
    return bytes.dropFirst(folder.text.utf8.count).firstIndex(of: UInt8(ascii: "/"))
      .map { ExactText(Substring(bytes[...$0])) }
  }
}

/// Keys that are greater than one and not greater than another.
private struct KeyRange {
  var after: ExactText?
  var through: ExactText?
  var order = KeyOrder.bytes
}

/// In which order a store lists keys.
private enum KeyOrder {
  /// As S3 promises.
  case bytes
  /// Folder by folder, each by its names: a slash comes before all other bytes.
  case names

  func isAscending(_ first: ExactText, _ second: ExactText) -> Bool {
    switch self {
    case .bytes: first < second
    case .names:
      first.text.utf8.lexicographicallyPrecedes(second.text.utf8) { first, second in
        let slash = UInt8(ascii: "/")
        return first != second && (first == slash || second != slash && first < second)
      }
    }
  }
}
