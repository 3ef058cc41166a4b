import IncrementalJoin
import PartitionPredicate

/// Asks a catalog for partitions, by several requests at a time where there is much.
struct PartitionSearch: Sendable {
  private let client: any CatalogClient
  private let name: CatalogName

  /// Into so many parts the partitions of a large table are cut.
  private static let segments = 5
  private static let mostValues = 1000

  init(_ client: any CatalogClient, _ name: CatalogName) {
    self.client = client
    self.name = name
  }

  /// The partitions that a question asks for, each once.
  func partitions(_ question: PartitionQuestion) async throws(CatalogError) -> [CatalogPartition] {
    let found: [CatalogPartition]
    switch question {
    case .everything: found = try await everything()
    case .expressions(let expressions): found = try await selected(by: expressions)
    case .values(let values): found = try await named(values)
    case .both(let expressions, let values):
      found = try await selected(by: expressions) + named(values)
    }
    var seen: Set<[ExactText]> = []
    return found.filter { seen.insert($0.values.map(\.exact)).inserted }
  }

  /// All of them: one request, or segments side by side where there is more than a page.
  private func everything() async throws(CatalogError) -> [CatalogPartition] {
    let first = try await client.partitions(of: name, PartitionsRequest(), after: nil)
    guard let next = first.next else { return first.entries }
    // A catalog with short pages may have only a few.
    guard first.entries.count >= 500 else {
      return try await first.entries + pages(PartitionsRequest(), after: next)
    }
    return try await sideBySide(
      (0..<Self.segments).map {
        PartitionsRequest(segment: .init(number: $0, of: Self.segments))
      }
    ) { request async throws(CatalogError) in try await pages(request, after: nil) }
  }

  private func selected(by expressions: [String]) async throws(CatalogError)
    -> [CatalogPartition]
  {
    do throws(CatalogError) {
      return try await sideBySide(expressions.map { PartitionsRequest(expression: $0) }) {
        request async throws(CatalogError) in try await pages(request, after: nil)
      }
    } catch {
      // It refuses a comparison of numbers where a partition is NULL.
      guard case .failed = error else { throw error }
      return try await everything()
    }
  }

  private func named(_ values: [[String]]) async throws(CatalogError) -> [CatalogPartition] {
    let batches = stride(from: 0, to: values.count, by: Self.mostValues).map {
      Array(values[$0..<min($0 + Self.mostValues, values.count)])
    }
    return try await sideBySide(batches) { batch async throws(CatalogError) in
      try await client.partitions(of: name, values: batch)
    }
  }

  private func pages(
    _ request: PartitionsRequest, after start: String?
  ) async throws(CatalogError) -> [CatalogPartition] {
    var found: [CatalogPartition] = []
    var next = start
    repeat {
      let page = try await client.partitions(of: name, request, after: next)
      found += page.entries
      guard page.next == nil || page.next?.exact != next?.exact else {
        throw .unreadable(call: "glue:GetPartitions", reason: "a page continues with itself")
      }
      next = page.next
    } while next != nil
    return found
  }

  /// Asks for several things at a time; their order is kept.
  private func sideBySide<Part: Sendable>(
    _ parts: [Part],
    _ ask: @escaping @Sendable (Part) async throws(CatalogError) -> [CatalogPartition]
  ) async throws(CatalogError) -> [CatalogPartition] {
    try await withTaskGroup(of: (Int, Result<[CatalogPartition], CatalogError>).self) { group in
      for (index, part) in parts.enumerated() {
        group.addTask {
          do throws(CatalogError) {
            return (index, .success(try await ask(part)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      var found = [[CatalogPartition]](repeating: [], count: parts.count)
      for await (index, result) in group {
        switch result {
        case .success(let entries): found[index] = entries
        case .failure(let error):
          group.cancelAll()
          return Result<[CatalogPartition], CatalogError>.failure(error)
        }
      }
      return .success(found.flatMap(\.self))
    }.get()
  }
}
