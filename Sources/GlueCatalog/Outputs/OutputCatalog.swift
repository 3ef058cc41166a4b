import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

/// The requests to a catalog that publish an output, each sent to its end: what a cancelled run has begun, it publishes.
struct OutputCatalog: Sendable {
  private let client: any CatalogClient
  let name: CatalogName

  init(_ client: any CatalogClient, _ name: CatalogName) {
    self.client = client
    self.name = name
  }

  /// What the catalog says of the table; nil without one.
  func table() async throws(PublishError) -> CatalogTable? {
    do throws(CatalogError) {
      return try await send { client, name throws(CatalogError) in try await client.table(name) }
    } catch .noTable {
      return nil
    } catch {
      throw error.cannot("look up", name)
    }
  }

  /// Creates the table, unless there is one by now; who asked for it looks what is there.
  func create(_ table: CatalogTable) async throws(PublishError) {
    do throws(CatalogError) {
      try await send { client, _ throws(CatalogError) in try await client.create(table) }
    } catch {
      switch error {
      case .exists, .lost: return
      default: throw error.cannot("create", name)
      }
    }
  }

  /// Replaces the table's description, but not any more 5 minutes after a date.
  ///
  /// - Throws: `PublishError.outputChanged` where it is another one than the one that was read.
  func update(_ table: CatalogTable, at date: Date) async throws(PublishError) {
    do throws(CatalogError) {
      try await send { client, _ throws(CatalogError) in
        try await client.update(table, at: date)
      }
    } catch .moved {
      throw .outputChanged(path: "\(name)")
    } catch {
      throw error.cannot("change", name)
    }
  }

  /// All partitions, without their columns; where any of them is enough, those of the first page that has some.
  func partitions(any isEnough: Bool = false) async throws(PublishError) -> [CatalogPartition] {
    var partitions: [CatalogPartition] = []
    var next: String?
    repeat {
      let after = next
      let page: CatalogPage<CatalogPartition>
      do throws(CatalogError) {
        page = try await send { client, name throws(CatalogError) in
          try await client.partitions(of: name, PartitionsRequest(), after: after)
        }
      } catch .noTable {
        return []
      } catch {
        throw error.cannot("list the partitions of", name)
      }
      partitions += page.entries
      next = page.next
    } while next != nil && !(isEnough && !partitions.isEmpty)
    return partitions
  }

  /// Partitions by their values, those that exist.
  func partitions(_ values: [[String]]) async throws(PublishError) -> [CatalogPartition] {
    var found: [CatalogPartition] = []
    for values in values.chunks(of: 1000) {
      do throws(CatalogError) {
        found += try await send { client, name throws(CatalogError) in
          try await client.partitions(of: name, values: values)
        }
      } catch .noTable {
        return []
      } catch {
        throw error.cannot("look up partitions of", name)
      }
    }
    return found
  }

  /// Carries out one batch, which is not carried out any more 5 minutes after its date.
  ///
  /// - Returns: The entries that were refused.
  func send(
    _ batch: PartitionBatch, at date: Date
  ) async throws(CatalogError) -> [EntryFailure] {
    try await send { client, name throws(CatalogError) in
      switch batch {
      case .create(let partitions): try await client.create(partitions, of: name, at: date)
      case .update(let partitions): try await client.update(partitions, of: name, at: date)
      case .delete(let values): try await client.delete(values, of: name, at: date)
      }
    }
  }

  private func send<Value: Sendable>(
    _ request:
      @escaping @Sendable (any CatalogClient, CatalogName) async throws(CatalogError) -> Value
  ) async throws(CatalogError) -> Value {
    let (client, name) = (client, name)
    return try await toItsEnd { () async throws(CatalogError) in try await request(client, name) }
  }
}

/// Partitions that one request changes.
enum PartitionBatch: Sendable {
  case create([CatalogPartition])
  case update([CatalogPartition])
  case delete([[String]])

  /// How many a request may have at most.
  var limit: Int { if case .delete = self { 25 } else { 100 } }
}

extension Array {
  /// Parts of so many elements, the last one of what is left.
  func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
  }
}

extension CatalogError {
  /// The error of an output: what could not be done with its table.
  func cannot(_ operation: String, _ name: CatalogName) -> PublishError {
    var reason = description
    if reason.utf8.last == UInt8(ascii: ".") { reason.unicodeScalars.removeLast() }
    return .system(operation: operation, path: "\(name)", reason: reason)
  }
}
