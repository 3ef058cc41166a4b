import DuckDBEngine
import IncrementalJoin
import PartitionPredicate
import Testing

@Suite("The difference of rows")
struct DifferenceTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func difference(
    _ old: String?, _ new: String?, key: [String] = [], samples: Int = 10
  ) async throws -> RowDifference {
    var files: [[String]] = []
    for (name, select) in [("old", old), ("new", new)] {
      guard let select else {
        files.append([])
        continue
      }
      files.append([try await bench.parquet("\(name).parquet", select)])
    }
    return try await bench.engine.difference(
      from: files[0], to: files[1], key: key, samples: samples)
  }

  private func rows(_ values: String) -> String {
    "SELECT * FROM (VALUES \(values)) t(name, id, wind)"
  }

  @Test("the key tells changed rows from added and removed ones")
  func keyed() async throws {
    let difference = try await difference(
      rows("('a', 1, 1.5), ('b', 2, 2.5), ('c', 3, 3.5), ('d', 4, NULL)"),
      rows("('d', 4, NULL), ('x', 2, NULL), ('c', 3, 4.5), ('e', 5, 5.5), ('f', 6, 6.5)"),
      key: ["ID"])
    #expect(
      difference
        == RowDifference(
          key: ["id"], columns: ["id", "name", "wind"], added: 2, removed: 1, changed: 2, same: 1,
          changedColumns: ["name": 1, "wind": 2], addedColumns: [], removedColumns: [],
          retypedColumns: [],
          samples: [
            .init(kind: .changed, before: ["2", "b", "2.5"], after: ["2", "x", nil]),
            .init(kind: .changed, before: ["3", "c", "3.5"], after: ["3", "c", "4.5"]),
            .init(kind: .added, before: [], after: ["5", "e", "5.5"]),
            .init(kind: .added, before: [], after: ["6", "f", "6.5"]),
            .init(kind: .removed, before: ["1", "a", "1.5"], after: []),
          ]))
  }

  @Test("samples are limited for each kind and ordered by the key's values")
  func samples() async throws {
    let one = "SELECT range AS id, range AS v FROM range(100)"
    let other = "SELECT range + 50 AS id, 0 - range AS v FROM range(100)"
    let some = try await difference(one, other, key: ["id"], samples: 2)
    #expect(some.added == 50)
    #expect(some.removed == 50)
    #expect(some.changed == 50)
    #expect(
      some.samples.map { $0.after.first ?? $0.before.first } == [
        "50", "51", "100", "101", "0", "1",
      ])
    #expect(try await difference(one, other, key: ["id"], samples: 0).samples.isEmpty)
    let multiset = try await difference(
      "SELECT 7 AS v FROM range(5)", "SELECT 7 AS v FROM range(2)", samples: 2)
    #expect(multiset.removed == 3)
    #expect(multiset.same == 2)
    #expect(multiset.samples.map(\.before) == [["7"], ["7"]])
  }

  @Test("rows without a key are compared as a multiset")
  func multiset() async throws {
    let difference = try await difference(
      rows("('a', 1, 1.5), ('a', 1, 1.5), ('b', 2, NULL)"),
      rows("('b', 2, NULL), ('a', 1, 1.5), ('c', 1, 1.5), ('c', 1, 1.5)"))
    #expect(
      difference
        == RowDifference(
          key: [], columns: ["name", "id", "wind"], added: 2, removed: 1, changed: 0, same: 2,
          changedColumns: [:], addedColumns: [], removedColumns: [], retypedColumns: [],
          samples: [
            .init(kind: .added, before: [], after: ["c", "1", "1.5"]),
            .init(kind: .added, before: [], after: ["c", "1", "1.5"]),
            .init(kind: .removed, before: ["a", "1", "1.5"], after: []),
          ]))
  }

  @Test("a key that does not name every row of both sides is not used")
  func unusableKey() async throws {
    let good = rows("('a', 1, 1.5), ('b', 2, 2.5)")
    for bad in ["('a', 1, 1.5), ('b', 1, 2.5)", "('a', 1, 1.5), ('b', NULL, 2.5)"] {
      for (old, new) in [(good, rows(bad)), (rows(bad), good)] {
        let difference = try await difference(old, new, key: ["id"])
        #expect(difference.key.isEmpty)
        #expect(difference.changed == 0)
        #expect(difference.added == 1)
        #expect(difference.removed == 1)
        #expect(difference.same == 1)
      }
    }
    for key in [["none"], ["id", "none"], ["id", "ID"]] {
      #expect(try await difference(good, good, key: key).key.isEmpty)
    }
    let renamed = "SELECT 'a' AS name, 1 AS number"
    #expect(try await difference(good, renamed, key: ["id"]).key.isEmpty)
    let composite = try await difference(good, good, key: ["wind", "name"])
    #expect(composite.key == ["wind", "name"])
    #expect(composite.columns == ["wind", "name", "id"])
    #expect(composite.isEmpty)
  }

  @Test("new, lost and retyped columns are told, and the others compared")
  func columns() async throws {
    let difference = try await difference(
      "SELECT 1 AS id, 'x' AS gone, 2 AS Number, [1] AS list",
      "SELECT 1::BIGINT AS ID, 2.50::DECIMAL(9,2) AS number, [1] AS list, DATE '2013-01-01' AS added",
      key: ["id"])
    #expect(
      difference
        == RowDifference(
          key: ["ID"], columns: ["ID", "number", "list"], added: 0, removed: 0, changed: 1, same: 0,
          changedColumns: ["number": 1], addedColumns: ["added DATE"],
          removedColumns: ["gone VARCHAR"],
          retypedColumns: ["ID INTEGER -> BIGINT", "number INTEGER -> DECIMAL(9,2)"],
          samples: [.init(kind: .changed, before: ["1", "2", "[1]"], after: ["1", "2.50", "[1]"])]))
  }

  @Test("columns of floating-point numbers on both sides are told, decimals are not")
  func floating() async throws {
    let difference = try await difference(
      "SELECT 1 AS id, 1.5::DOUBLE AS wind, 1.5::FLOAT AS temp, 2 AS gust, 1.5 AS rain",
      "SELECT 1 AS id, 0.1::DOUBLE + 0.2 AS wind, 1.5::FLOAT AS temp, 2.5::DOUBLE AS gust, 1.5 AS rain",
      key: ["id"])
    #expect(difference.floatingColumns == ["wind", "temp"])
    #expect(difference.samples[0].after[1] == "0.30000000000000004")
  }

  @Test("a side that is not there has the other's columns", arguments: [[], ["id"]])
  func oneSide(key: [String]) async throws {
    let content = rows("('b', 2, 2.5), ('a', 1, 1.5)")
    let added = try await difference(nil, content, key: key)
    #expect(added.added == 2)
    #expect(added.removed + added.same + added.changed == 0)
    #expect(added.addedColumns.isEmpty)
    #expect(added.key == key)
    #expect(added.samples.allSatisfy { $0.kind == .added && $0.before.isEmpty })
    let removed = try await difference(content, nil, key: key)
    #expect(removed.removed == 2)
    #expect(removed.columns == (key.isEmpty ? ["name", "id", "wind"] : ["id", "name", "wind"]))
    #expect(
      removed.samples.map(\.before)
        == (key.isEmpty
          ? [["a", "1", "1.5"], ["b", "2", "2.5"]] : [["1", "a", "1.5"], ["2", "b", "2.5"]]))
    let none = try await difference(nil, nil, key: key)
    #expect(none.isEmpty)
    #expect(none.same == 0)
    #expect(none.columns.isEmpty)
  }

  @Test("sides without a column in common have no row in common")
  func disjoint() async throws {
    let difference = try await difference("SELECT 1 AS a", "SELECT unnest([1, 2]) AS b")
    #expect(difference.columns.isEmpty)
    #expect(difference.added == 2)
    #expect(difference.removed == 1)
    #expect(difference.samples.count == 3)
    #expect(difference.removedColumns == ["a INTEGER"])
  }

  @Test("only key columns, nested values, NaN, NULL and odd names are compared")
  func values() async throws {
    let row = """
      SELECT 'nan'::DOUBLE AS "k""'; --", MAP {'k': [1, NULL]} AS m, {'a': 'nan'::FLOAT} AS s,
        NULL::DATE AS n, '\\x00'::BLOB AS b, INTERVAL '1 day' AS is_there, 1 AS v0
      """
    for key in [[], ["k\"'; --"]] {
      let same = try await difference(row, row, key: key)
      #expect(same.isEmpty)
      #expect(same.same == 1)
      #expect(same.key == key)
    }
    let other = row.replacing("[1, NULL]", with: "[1]").replacing("'\\x00'", with: "'\\x01'")
    let changed = try await difference(row, other, key: ["k\"'; --"])
    #expect(changed.changedColumns == ["m": 1, "b": 1])
    #expect(try await difference(row, other).removed == 1)
    let keys = try await difference("SELECT 1 AS id", "SELECT unnest([1, 2]) AS id", key: ["id"])
    #expect(keys.same == 1)
    #expect(keys.added == 1)
  }

  @Test("several files of a side are read by name")
  func files() async throws {
    let old = [
      try await bench.parquet("1.parquet", "SELECT 1 AS id, 'a' AS v"),
      try await bench.parquet("2.parquet", "SELECT 'b' AS v, 2 AS id"),
    ]
    let new = [
      try await bench.parquet("3.parquet", "SELECT unnest([1, 2]) AS id, unnest(['a', 'c']) AS v")
    ]
    let difference = try await bench.engine.difference(from: old, to: new, key: ["id"], samples: 1)
    #expect(difference.same == 1)
    #expect(difference.changed == 1)
    #expect(difference.samples.map(\.after) == [["2", "c"]])
  }
}
