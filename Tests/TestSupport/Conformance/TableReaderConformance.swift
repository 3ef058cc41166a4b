import Foundation
public import IncrementalJoin
import PartitionPredicate
import Testing

/// A table reader, and the files that it reads tables from.
public struct StoredTables: Sendable {
  let reader: any TableReader
  let files: StoredFiles

  /// Names a reader over a file store.
  public init(_ reader: any TableReader, over files: StoredFiles) {
    self.reader = reader
    self.files = files
  }

  func table(_ keys: [(String, KeyType)] = [("month", .int), ("day", .int)]) -> TableDefinition {
    TableDefinition(
      name: "flights", location: files.location, format: .parquet,
      keys: keys.map { PartitionKey(name: $0.0, type: $0.1) })
  }

  /// The kinds of problems, by path below the location.
  func problems(_ snapshot: Snapshot) -> [ExactText: ListingProblem.Kind] {
    let location = "\(files.location)/".exact
    return Dictionary(
      snapshot.problems.map { problem in
        let isBelow = problem.path.begins(with: location)
        return (
          isBelow
            ? ExactText(Substring(problem.path.text.utf8.dropFirst(location.text.utf8.count)))
            : problem.path,
          problem.kind
        )
      }, uniquingKeysWith: { $1 })
  }
}

extension Snapshot {
  /// The paths of the files, by that of the partition.
  fileprivate var paths: [ExactText: [ExactText]] {
    Dictionary(
      partitions.map { ($0.path, $1.version.files.map(\.path)) }, uniquingKeysWith: { $1 })
  }
}

extension Conformance<StoredTables> {
  /// What every reader of tables does whose partitions lie in folders `key=value`, whoever knows them.
  public static var tableReader: [Conformance] {
    [
      Conformance("partitions are the typed tuples of their folders, with every spelling") {
        tables in
        for path in [
          "month=1/day=1/a.parquet", "month=01/day=1/b.parquet", "MONTH=1/day=2/a.parquet",
        ]
          as [ExactText]
        {
          try tables.files.write("x", path)
        }
        let before = Date()
        let snapshot = await tables.reader.snapshot(of: tables.table())
        #expect(
          snapshot.paths == [
            "month=1/day=1": ["month=01/day=1/b.parquet", "month=1/day=1/a.parquet"],
            "month=1/day=2": ["MONTH=1/day=2/a.parquet"],
          ])
        let first = snapshot.partitions.first { $0.key.path == "month=1/day=1" }
        #expect(first?.value.spellings == [["01", "1"], ["1", "1"]])
        #expect(snapshot.problems == [] && snapshot.failure == nil)
        #expect(snapshot.listedAt >= before && snapshot.listedAt <= Date())
      },
      Conformance("a table without partition keys is one partition") { tables in
        try tables.files.write("x", "a.parquet")
        #expect(await tables.reader.snapshot(of: tables.table([])).paths == [".": ["a.parquet"]])
      },
      Conformance("values are percent-decoded, and the default partition is NULL") { tables in
        try tables.files.write("x", "city=a%2Fb/a.parquet")
        try tables.files.write("x", "city=__HIVE_DEFAULT_PARTITION__/a.parquet")
        let snapshot = await tables.reader.snapshot(of: tables.table([("city", .string)]))
        #expect(Set(snapshot.partitions.keys.map(\.values)) == [[.string("a/b")], [.null]])
      },
      Conformance("hidden names are left out at every level, but for a key of such a name") {
        tables in
        for path in [
          "_SUCCESS", ".x/day=1/a.parquet", "_month=1/_a.parquet", "_month=1/_temporary/b.parquet",
          "_month=1/a.parquet",
        ] as [ExactText] {
          try tables.files.write("x", path)
        }
        let snapshot = await tables.reader.snapshot(of: tables.table([("_month", .int)]))
        #expect(snapshot.paths == ["_month=1": ["_month=1/a.parquet"]])
        #expect(snapshot.problems == [])
      },
      Conformance("of a predicate's partitions nothing is missing, and no other one is another one")
      { tables in
        for day in 1...4 { try tables.files.write("x", "month=1/day=\(day)/a.parquet") }
        let table = tables.table()
        let all = await tables.reader.snapshot(of: table)
        let wanted = all.partitions.keys.sorted().suffix(2)
        let some = await tables.reader.snapshot(
          of: table, in: .selected(.compact(Array(wanted), keys: table.keys)))
        #expect(wanted.allSatisfy { some.partitions[$0] == all.partitions[$0] })
        #expect(some.partitions.allSatisfy { all.partitions[$0.key] == $0.value })
        #expect(some.problems == [])
      },
    ]
  }

  /// What a reader does besides that knows partitions by their folders only.
  public static var hiveReader: [Conformance] {
    [
      Conformance("what no partition can hold is misplaced, and what is no data is stray") {
        tables in
        let (month, day) = (
          PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int)
        )
        for path in [
          "month=1/day=1/a.parquet", "month=1/b.parquet", "month=1/day=1/hour=1/c.parquet",
          "backup/month=1/d.parquet", "month=jan/day=1/e.parquet", "month=1/day=1/notes.txt",
        ] as [ExactText] {
          try tables.files.write("x", path)
        }
        let snapshot = await tables.reader.snapshot(of: tables.table())
        #expect(snapshot.paths == ["month=1/day=1": ["month=1/day=1/a.parquet"]])
        #expect(
          tables.problems(snapshot) == [
            "month=1/b.parquet": .missingLevel(expected: [month, day]),
            "month=1/day=1/hour=1": .nestedFolder, "backup": .unexpectedFolder(key: month),
            "month=jan": .wrongType(key: month, raw: "jan"),
            "month=1/day=1/notes.txt": .otherFormat(expected: .parquet),
          ])
        #expect(snapshot.failure == nil)
      },
      Conformance("a location that does not exist is a problem of its own") { tables in
        let table = TableDefinition(
          name: "none", location: tables.files.location.folder("none"), format: .parquet, keys: [])
        let snapshot = await tables.reader.snapshot(of: table)
        #expect(snapshot.failure?.kind == .locationMissing)
        #expect(snapshot.failure?.path.text == tables.files.location.file("none"))
      },
      Conformance("a table of another format is refused by its sign, from inside it too") {
        tables in
        for (folder, sign, format) in [
          ("d", "_delta_log/0.json", OpenTableFormat.delta), ("h", ".hoodie/x", .hudi),
          ("i", "metadata/v1.metadata.json", .iceberg),
        ] {
          try tables.files.write("x", "\(folder)/\(sign)")
          try tables.files.write("x", "\(folder)/data/month=1/day=1/a.parquet")
          try tables.files.write("x", "\(folder)/month=1/day=1/a.parquet")
          let inside = format == .iceberg ? "data/month=1" : "month=1"
          for (path, keys) in [(folder, ["month", "day"]), ("\(folder)/\(inside)", ["day"])] {
            let snapshot = await tables.reader.snapshot(
              of: TableDefinition(
                name: "t", location: tables.files.location.folder(path.exact), format: .parquet,
                keys: keys.map { PartitionKey(name: $0, type: .int) }))
            #expect(snapshot.partitions.isEmpty)
            guard case .openTable(format, _)? = snapshot.failure?.kind else {
              Issue.record("\(path): \(snapshot.problems)")
              continue
            }
            #expect(
              snapshot.problems.map(\.path.text) == [tables.files.location.file(folder.exact)])
          }
        }
      },
    ]
  }
}
