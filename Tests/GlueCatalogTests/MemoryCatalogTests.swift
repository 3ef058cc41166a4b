import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Testing
import TestSupport

@Suite("The catalog in memory answers as Glue does")
struct MemoryCatalogTests {
  private let catalog = MemoryCatalog(databases: ["db"], pageSize: 2)
  private let name = CatalogName(database: "db", table: "t")

  private func table(version: String? = nil) -> CatalogTable {
    CatalogTable(
      name: name,
      keys: [CatalogColumn(name: "year", type: "int"), CatalogColumn(name: "c", type: "string")],
      storage: StorageDescriptor(location: "s3://b/t/"), version: version)
  }

  private func partition(_ values: [String], at location: String = "s3://b/t/x/")
    -> CatalogPartition
  {
    CatalogPartition(
      values: values,
      storage: StorageDescriptor(
        columns: [CatalogColumn(name: "a", type: "int")], location: location))
  }

  @Test func aTableIsReplacedByItsVersionOnly() async throws {
    await #expect(throws: CatalogError.noTable(name)) { _ = try await catalog.table(name) }
    try await catalog.create(table())
    await #expect(throws: CatalogError.exists(name)) { try await catalog.create(table()) }
    #expect(try await catalog.table(name).version == "1")
    try await catalog.update(table(version: "1"), at: nil)
    await #expect(throws: CatalogError.moved(name)) {
      try await catalog.update(table(version: "1"), at: nil)
    }
    let other = CatalogName(database: "none", table: "t")
    await #expect(throws: CatalogError.noDatabase("none")) { _ = try await catalog.table(other) }
  }

  @Test func entriesOfABatchAreRefusedOneByOneAndBatchesAreLimited() async throws {
    catalog.put(table())
    #expect(try await catalog.create([partition(["1", "a"])], of: name, at: nil) == [])
    let twice = try await catalog.create(
      [partition(["1", "a"]), partition(["2", "a"]), partition(["2", "a"], at: "s3://b/y/")],
      of: name, at: nil)
    #expect(twice.map(\.values) == [["1", "a"], ["2", "a"]])
    #expect(twice.allSatisfy { $0.code == "AlreadyExistsException" })
    let missing = try await catalog.update(
      [partition(["1", "a"], at: "s3://b/z/"), partition(["3", "a"])], of: name, at: nil)
    #expect(missing.map(\.code) == ["EntityNotFoundException"])
    #expect(catalog.locations(of: name) == ["1/a": "s3://b/z/", "2/a": "s3://b/t/x/"])
    #expect(try await catalog.delete([["2", "a"], ["4", "a"]], of: name, at: nil).count == 1)
    #expect(try await catalog.partitions(of: name, values: [["2", "a"], ["1", "a"]]).count == 1)
    let many = (0..<1001).map { partition(["\($0)", "b"]) }
    await #expect(throws: CatalogError.self) {
      _ = try await catalog.create(Array(many.prefix(101)), of: name, at: nil)
    }
    await #expect(throws: CatalogError.self) {
      _ = try await catalog.update(Array(many.prefix(101)), of: name, at: nil)
    }
    await #expect(throws: CatalogError.self) {
      _ = try await catalog.delete(many.prefix(26).map(\.values), of: name, at: nil)
    }
    await #expect(throws: CatalogError.self) {
      _ = try await catalog.partitions(of: name, values: many.map(\.values))
    }
  }

  @Test func partitionsComeInPagesBySegmentsAndByAnExpressionUnlessItIsIgnored() async throws {
    catalog.put(table())
    for year in 1...9 {
      let values = ["\(year)", "a"]
      catalog.put(partition(values), values, of: name)
    }
    func years(_ request: PartitionsRequest) async throws -> [String] {
      var (years, next): ([String], String?) = ([], nil)
      repeat {
        let page = try await catalog.partitions(of: name, request, after: next)
        #expect(page.entries.count <= 2)
        #expect(
          page.entries.allSatisfy { $0.storage?.columns.isEmpty == request.leavesOutColumns })
        years += page.entries.map { $0.values[0] }
        next = page.next
      } while next != nil
      return years
    }
    #expect(try await years(PartitionsRequest()).count == 9)
    #expect(
      try await years(PartitionsRequest(expression: "year BETWEEN 3 AND 4")) == ["3", "4"])
    catalog.ignoresExpressions = true
    #expect(
      try await years(PartitionsRequest(expression: "year = 3", leavesOutColumns: false)).count
        == 9)
    var all: [String] = []
    for number in 0..<4 {
      all += try await years(
        PartitionsRequest(segment: PartitionsRequest.Segment(number: number, of: 4)))
    }
    #expect(all.sorted() == (1...9).map { "\($0)" })
    await #expect(throws: CatalogError.self) {
      _ = try await years(PartitionsRequest(expression: String(repeating: "1", count: 2049)))
    }
  }

  @Test func aWriteWhoseAnswerIsLostIsCarriedOut() async throws {
    catalog.losses.fail(at: 0)
    await #expect(throws: CatalogError.lost(reason: "the connection was closed")) {
      try await catalog.create(table())
    }
    #expect(try await catalog.table(name).version == "1")
    catalog.faults.fail(at: 0, of: "createPartitions")
    await #expect(throws: catalog.failure) {
      _ = try await catalog.create([partition(["1", "a"])], of: name, at: nil)
    }
    #expect(catalog.partitions(of: name) == [])
  }
}
