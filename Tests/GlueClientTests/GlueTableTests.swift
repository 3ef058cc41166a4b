import Foundation
import GlueCatalog
import GlueClient
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// Tables and partitions of a catalog over the network, by Glue's API.
@Suite(.serialized) struct GlueTableTests {
  @Test func `an update of a table gives back what Dovetail does not know`() async throws {
    let bench = try await GlueBench()
    var table = try await bench.makeTable()
    #expect(table.keys.map(\.type) == ["int", "string"])
    #expect(table.storage?.columns.first?.comment == "counts")
    #expect(table.storage?.others["SerdeInfo"] == .object(["Name": .text("mine")]))
    #expect(table.version == "1" && table.parameters == ["classification": "parquet"])
    table.storage?.columns.append(CatalogColumn(name: "late", type: "double"))
    try await bench.client.update(table, at: nil)
    let updated = try await bench.client.table(bench.name())
    #expect(updated.version == "2")
    #expect(updated.storage == table.storage && updated.keys == table.keys)
    #expect(updated.others == table.others && updated.others["Retention"] == .integer(7))
    await #expect(throws: CatalogError.moved(bench.name())) {
      try await bench.client.update(table, at: nil)
    }
  }

  @Test func `every write is signed with its date, and an update of a table names its version`()
    async throws
  {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    let proxy = try FaultProxy(for: bench.peer)
    let client = try GlueClient(endpoint: proxy.endpoint)
    // Within the quarter of an hour for which signatures hold, and not now.
    let date = Date(timeIntervalSinceNow: -100)
    let partitions = [CatalogPartition(["1", "a"], in: table)]
    try await client.update(table, at: date)
    _ = try await client.create(partitions, of: table.name, at: date)
    _ = try await client.update(partitions, of: table.name, at: date)
    _ = try await client.delete([["1", "a"]], of: table.name, at: date)
    let expected = date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
    #expect(proxy.requests.map { $0.headers["x-amz-date"] } == Array(repeating: expected, count: 4))
    let update = try JSONSerialization.jsonObject(with: Data(proxy.requests[0].body.utf8))
    #expect((update as? [String: Any])?["VersionId"] as? String == "1")
  }

  @Test func `what is missing, and what is there already, is named`() async throws {
    let bench = try await GlueBench()
    _ = try await bench.makeTable()
    await #expect(throws: CatalogError.exists(bench.name())) {
      _ = try await bench.makeTable()
    }
    await #expect(throws: CatalogError.noTable(bench.name("none"))) {
      _ = try await bench.client.table(bench.name("none"))
    }
    let other = CatalogName(database: "none", table: "flights")
    await #expect(throws: CatalogError.noDatabase("none")) {
      _ = try await bench.client.table(other)
    }
    await #expect(throws: CatalogError.noDatabase("none")) {
      _ = try await bench.client.tables(of: "none", after: nil)
    }
    #expect(try await bench.client.databases(after: nil).entries.contains(bench.database))
    let tables = try await bench.client.tables(of: bench.database, after: nil)
    #expect(tables.entries.map(\.name) == [bench.name()])
  }

  @Test func `entries of a batch are refused one by one`() async throws {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    let client = bench.client
    let values = [["1", "a"], ["2", "é/=%'"], ["3", "__HIVE_DEFAULT_PARTITION__"]]
    let partitions = values.map { CatalogPartition($0, in: table) }
    #expect(try await client.create(Array(partitions.prefix(2)), of: table.name, at: nil) == [])
    let twice = try await client.create(Array(partitions.suffix(2)), of: table.name, at: nil)
    #expect(twice.map(\.values) == [values[1]] && twice[0].code == "AlreadyExistsException")
    let moved = CatalogPartition(values[0], in: table, at: "s3://lake/else/")
    let missing = try await client.update(
      [moved, CatalogPartition(["9", "x"], in: table)], of: table.name, at: nil)
    #expect(missing.map(\.values) == [["9", "x"]] && missing[0].code == "EntityNotFoundException")
    let found = try await client.partitions(of: table.name, values: values + [["9", "x"]])
    #expect(Set(found.map(\.values)) == Set(values))
    let first = try #require(found.first { $0.values == values[0] })
    #expect(first.storage == moved.storage)
    let gone = try await client.delete([values[0], ["9", "x"]], of: table.name, at: nil)
    #expect(gone.map(\.values) == [["9", "x"]] && gone[0].code == "EntityNotFoundException")
    #expect(try await client.partitions(of: table.name, values: [values[0]]) == [])
    let many = (0...100).map { CatalogPartition(["\($0)", "b"], in: table) }
    await #expect(throws: CatalogError.self) {
      _ = try await client.create(many, of: table.name, at: nil)
    }
  }

  @Test func `partitions come in pages, by segments and by expressions`() async throws {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    let partitions = (0..<70).map { CatalogPartition(["\($0)", "a"], in: table) }
    #expect(try await bench.client.create(partitions, of: table.name, at: nil) == [])
    let first = try await bench.client.partitions(of: table.name, PartitionsRequest(), after: nil)
    #expect(first.entries.count == 50)
    #expect(first.entries.allSatisfy { $0.storage?.columns == [] })
    let second = try await bench.client.partitions(
      of: table.name, PartitionsRequest(leavesOutColumns: false), after: first.next)
    #expect(second.entries.count == 20 && second.next == nil)
    #expect(second.entries.allSatisfy { $0.storage?.columns == table.storage?.columns })
    #expect(Set((first.entries + second.entries).map(\.values)).count == 70)
    var parts: [[String]] = []
    for number in 0..<2 {
      let request = PartitionsRequest(segment: .init(number: number, of: 2))
      parts += try await bench.client.partitions(of: table.name, request, after: nil).entries
        .map(\.values)
    }
    #expect(Set(parts).count == 70)
    let some = try await bench.client.partitions(
      of: table.name, PartitionsRequest(expression: "year BETWEEN 7 AND 9"), after: nil)
    #expect(Set(some.entries.map { $0.values[0] }) == ["7", "8", "9"])
  }

  @Test func `a second catalog, which ignores expressions, is read too`() async throws {
    let bench = try await GlueBench(.ministack)
    let table = try await bench.makeTable()
    let partitions = (0..<5).map { CatalogPartition(["\($0)", "a"], in: table) }
    #expect(try await bench.client.create(partitions, of: table.name, at: nil) == [])
    let some = try await bench.client.partitions(
      of: table.name, PartitionsRequest(expression: "year = 3"), after: nil)
    #expect(some.entries.count == 5)
    await #expect(throws: CatalogError.noTable(bench.name("none"))) {
      _ = try await bench.client.table(bench.name("none"))
    }
  }
}
