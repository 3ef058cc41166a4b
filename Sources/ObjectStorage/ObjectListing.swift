public import PartitionPredicate

/// Everything below a prefix of a bucket, listed by several requests at a time where there is much.
///
/// What comes after the first page is cut at common prefixes into ranges of keys that are listed side by side. Each
/// range asks for one page more than it has keys for at most, and there is one range for eight expected pages at most.
public struct ObjectListing: Sendable {
  private let client: any ObjectClient
  private let bucket: ExactText
  private let prefix: ExactText
  private let width: Int

  /// Prepares a listing.
  ///
  /// - Parameters:
  ///   - client: Of the store.
  ///   - bucket: Its name.
  ///   - prefix: What the keys begin with; empty for all.
  ///   - width: How many requests may run at a time.
  public init(
    _ client: any ObjectClient, bucket: ExactText, prefix: ExactText, width: Int = 16
  ) {
    self.client = client
    self.bucket = bucket
    self.prefix = prefix
    self.width = width
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
      let all = KeyRange(after: nil, through: nil, order: .names)
      guard let objects = try? await objects(in: all).get() else { throw error }
      return objects.sorted { $0.key < $1.key }
    }
  }

  private func objectsInOrder() async throws(ObjectError) -> [ObjectSummary] {
    let first = try await page(after: nil, token: nil)
    guard first.next != nil, let last = first.objects.last?.key else {
      return try await rest(of: first, in: KeyRange(after: nil, through: nil))
    }
    let ranges = try await ranges(after: last)
    return try await first.objects + side(bySide: ranges)
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
      return .success(try await rest(of: try await page(after: range.after, token: nil), in: range))
    } catch {
      return .failure(error)
    }
  }

  /// A page and those that follow it, up to the end of a range.
  private func rest(of first: ObjectPage, in range: KeyRange) async throws(ObjectError)
    -> [ObjectSummary]
  {
    var objects: [ObjectSummary] = []
    var page = first
    while true {
      for object in page.objects {
        guard object.key.begins(with: prefix),
          objects.last.map({ range.order.isAscending($0.key, object.key) }) ?? true,
          range.after.map({ $0 < object.key }) ?? true
        else {
          throw .unreadable(
            operation: "list", reason: "\(object.key) comes out of order, or a second time")
        }
        if let end = range.through, end < object.key { return objects }
        objects.append(object)
      }
      guard let next = page.next else { return objects }
      page = try await self.page(after: range.after, token: next)
      guard page.next != next else {
        throw .unreadable(operation: "list", reason: "a page continues with itself")
      }
    }
  }

  private func page(after start: ExactText?, token: ExactText?) async throws(ObjectError)
    -> ObjectPage
  {
    try await client.list(bucket, prefix: prefix, delimiter: false, start: start, after: token)
  }

  /// Cuts what comes after the first page into ranges.
  ///
  /// - Parameter last: The last key of the page.
  /// - Returns: One range at least.
  /// - Throws: `ObjectError`.
  private func ranges(after last: ExactText) async throws(ObjectError) -> [KeyRange] {
    let prefixes = try await commonPrefixes(below: prefix)
    let ahead = prefixes.filter { last < $0 }
    // As many pages as the prefixes behind the first one's end suggest.
    let pages = ahead.count / max(1, prefixes.count - ahead.count)
    let count = min(width, pages / 8, ahead.count)
    guard count > 1 else { return [KeyRange(after: last, through: nil)] }
    let cuts = (1..<count).map { ahead[$0 * ahead.count / count] }
    return zip([last] + cuts, cuts.map(Optional.init) + [nil]).map {
      KeyRange(after: $0, through: $1)
    }
  }

  /// The common prefixes up to the next `/`, some thousands at most, or further below where there is one only.
  private func commonPrefixes(below prefix: ExactText, depth: Int = 0) async throws(ObjectError)
    -> [ExactText]
  {
    var prefixes: [ExactText] = []
    var token: ExactText?
    for _ in 0..<5 {
      let page = try await client.list(
        bucket, prefix: prefix, delimiter: true, start: nil, after: token)
      prefixes += page.prefixes
      token = page.next
      if token == nil { break }
    }
    guard prefixes.count == 1, depth < 3 else { return prefixes }
    return try await commonPrefixes(below: prefixes[0], depth: depth + 1)
  }
}

/// Keys that are greater than one and not greater than another.
private struct KeyRange {
  let after: ExactText?
  let through: ExactText?
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
