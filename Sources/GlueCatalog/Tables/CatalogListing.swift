import Foundation
import IncrementalJoin
import PartitionPredicate

/// What a catalog says of a table's partitions and a store of their files, sorted into partitions and problems.
struct CatalogListing {
  private let table: TableDefinition
  private let listedAt: Date
  private let filter: PrefixFilter?
  private var found: [Partition: [(file: DataFile, raw: [ExactText])]] = [:]
  private var problems: [ListingProblem] = []

  init(of table: TableDefinition, in scope: PartitionScope, at listedAt: Date) {
    self.table = table
    self.listedAt = listedAt
    filter = PrefixFilter(scope, of: table)
  }

  /// Takes note that the catalog could not be asked.
  mutating func fail(_ error: CatalogError, _ name: CatalogName) {
    switch error {
    case .noTable where table.isOutput, .noDatabase where table.isOutput:
      // It is created by the first publish.
      report(.locationMissing, at: table.location.description.exact)
    default: report(.catalog(.failed("\(error)")), at: "glue:\(name)")
    }
  }

  /// Reads the partitions and lists their files.
  mutating func list(_ entries: [CatalogPartition], _ files: any FileStore) async {
    let places = places(of: entries)
    reportOverlaps(among: places)
    let wanted = places.filter { filter?.admits($0.partition.values) ?? true }
    let listed = await PartitionFiles(of: table, isWhole: filter == nil).list(wanted, files)
    for (place, file) in listed.files {
      found[place.partition, default: []].append((file, place.raw))
    }
    problems += listed.problems
    let empty = wanted.filter { found[$0.partition] == nil }
    if table.keys.isEmpty, let place = empty.first {
      if !listed.problems.contains(where: { $0.severity == .incomplete }) {
        report(.locationMissing, at: place.location.description.exact)
      }
    } else if let first = empty.map(\.partition).min(), !hasFailure {
      report(.catalog(.noFiles(others: Set(empty.map(\.partition)).count - 1)), at: first.path)
    }
  }

  private var hasFailure: Bool { problems.contains { $0.severity == .incomplete } }

  /// The partitions with their typed values and where they lie; what has neither is a problem.
  private mutating func places(of entries: [CatalogPartition]) -> [PartitionPlace] {
    entries.compactMap { entry in
      let raw = entry.values.map(\.exact)
      var values: [PartitionValue] = []
      for (key, text) in zip(table.keys, entry.values) {
        guard let value = PartitionValue(raw: text, type: key.type) else {
          report(.wrongType(key: key, raw: text), at: path(of: entry))
          return nil
        }
        values.append(value)
      }
      guard values.count == table.keys.count else {
        report(.missingLevel(expected: table.keys), at: path(of: entry))
        return nil
      }
      let partition = Partition(keys: table.keys, values: values)
      guard let place = entry.storage?.place, place.scheme == table.location.scheme else {
        report(.catalog(.noPlace(entry.storage?.location)), at: partition.path)
        return nil
      }
      if let serde = entry.storage?.serde, let own = TableReading.format(of: serde),
        own != table.format
      {
        report(.catalog(.otherSerDe(serde, table: table.format.rawValue)), at: partition.path)
        return nil
      }
      return PartitionPlace(partition: partition, raw: raw, location: place)
    }
  }

  /// The partition as the catalog spells it.
  private func path(of entry: CatalogPartition) -> ExactText {
    let names = table.keys.map(\.name) + repeatElement("?", count: entry.values.count)
    return zip(names, entry.values).map { "\(HivePath.encode($0))=\(HivePath.encode($1))".exact }
      .joined(separator: "/")
  }

  /// Reports partitions that lie at one place, or one inside another.
  private mutating func reportOverlaps(among places: [PartitionPlace]) {
    let sorted = places.map { (prefix: "\($0.location.root)/".exact, place: $0) }
      .sorted { $0.prefix < $1.prefix }
    var outer = sorted.first
    for next in sorted.dropFirst() {
      if let outer, next.prefix.begins(with: outer.prefix) {
        report(
          .catalog(.sharedPlace(other: outer.place.partition.path)), at: next.place.partition.path)
      } else {
        outer = next
      }
    }
  }

  private mutating func report(_ kind: ListingProblem.Kind, at path: ExactText) {
    problems.append(ListingProblem(table: table.name, path: path, kind: kind))
  }

  /// What was found.
  var snapshot: Snapshot {
    let partitions = found.mapValues { found in
      PartitionListing(
        version: PartitionVersion(files: found.map(\.file)),
        spellings: Set(found.map(\.raw)).sorted { $0.lexicographicallyPrecedes($1) })
    }
    return Snapshot(
      table: table, listedAt: listedAt, partitions: partitions,
      problems: problems.sorted { $0.path < $1.path }, isWhole: filter == nil)
  }
}

/// A partition of a catalog, and where its files lie.
struct PartitionPlace: Hashable, Sendable {
  let partition: Partition
  /// As the catalog spells it.
  let raw: [ExactText]
  let location: Location
}
