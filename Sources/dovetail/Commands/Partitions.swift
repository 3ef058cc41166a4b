import ArgumentParser
import Foundation
import IncrementalJoin
import LocalStorage
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

/// `dovetail partitions TABLE`: lists partitions, one per line.
struct Partitions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the partitions of a table, or of a job's output by the job's name.",
    discussion: "Example: dovetail partitions flights --files")

  @Argument(help: "The table, or the job whose output to show.")
  var table: String

  @Flag(help: "List the data files of every partition too.")
  var files = false

  @OptionGroup var filter: WhereOption
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let definition =
      try session.workspace.jobs.first { $0.name == table }?.outputTable
      ?? session.workspace.table(named: table)
    let snapshot = await session.storage.tables.snapshot(of: definition)
    let predicate = try filter.predicate(session, keys: definition.keys)
    let selected = predicate.map { Set($0.filter(snapshot.partitions.keys.sorted())) }
    let partitions = snapshot.partitions.filter { selected?.contains($0.key) ?? true }
      .sorted { $0.key < $1.key }
    for problem in snapshot.problems where problem.severity != .incomplete {
      StandardError.write("dovetail: \(problem)")
    }
    if options.json {
      try Report.json(partitions.map { JSON(partition: $0.key, listing: $0.value) })
    } else {
      printTable(partitions, of: definition, count: snapshot.partitions.count)
    }
    if let failure = snapshot.failure { throw PlanError.listing(failure) }
  }

  private func printTable(
    _ partitions: [(key: Partition, value: PartitionListing)], of definition: TableDefinition,
    count: Int
  ) {
    if partitions.isEmpty {
      Report.line(
        count == 0
          ? "\(definition.name) has no partition."
          : "The predicate selects none of the \(Quantity.count(count, "partition")) of "
            + "\(definition.name).")
    }
    Report.table(
      ["PARTITION", .number("FILES"), .number("BYTES"), "NEWEST FILE", "VERSION"],
      partitions.flatMap { partition, listing in
        let version = listing.version
        let row = [
          partition.path.text, Quantity.number(version.files.count), Quantity.bytes(version.bytes),
          Quantity.instant(nanoseconds: version.newest), "\(version.id.prefix(12))",
        ]
        let details = version.files.map {
          [
            "  \($0.path)", "", Quantity.bytes($0.size), Quantity.instant(nanoseconds: $0.modified),
            "",
          ]
        }
        return [row] + (files ? details : [])
      })
  }

  private struct JSON: Encodable {
    let partition: ExactText
    let spellings: [[ExactText]]
    let version: String
    let files: [DataFile]

    init(partition: Partition, listing: PartitionListing) {
      self.partition = partition.path
      spellings = listing.spellings
      version = listing.version.id
      files = listing.version.files
    }
  }
}
