import DuckDBEngine
import IncrementalJoin
import Testing
import PartitionPredicate

@Suite("Inputs of several partitions")
struct MemberTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let hours = [PartitionKey(name: "hour", type: .int)]

  private func hour(_ hour: Int64, _ files: [String]) -> JoinUnit.Input.Member {
    .init(
      partition: Partition(keys: Self.hours, values: [.integer(hour)]), files: files)
  }

  private func input(
    _ name: String, _ columns: [Column], format: DataFormat = .parquet,
    _ members: [JoinUnit.Input.Member]
  ) -> JoinUnit.Input {
    JoinUnit.Input(
      name: name, format: format, columns: columns, keys: Self.hours, members: members)
  }

  private let numbers = [Column(name: "n", type: "INTEGER")]

  @Test("the rows of all members are read, each with the keys of its own partition")
  func keys() async throws {
    let first = try await bench.parquet("1.parquet", "SELECT 1 AS n")
    let second = try await bench.parquet("2.parquet", "SELECT 2 AS n UNION ALL SELECT 3")
    let left = input("l", numbers, [hour(7, [first]), hour(8, [second]), hour(9, [])])
    let right = input("r", numbers, [hour(7, [first, second])])
    let sql = JoinUnit.sql("SELECT n, hour FROM l", [left, right])
    #expect(try await bench.staged(sql).rows == [["1", "7"], ["2", "8"], ["3", "8"]])
    let join = JoinUnit.join(
      .left, on: ["n"], select: ["l.n", "l.hour", "r.hour AS other"], [left, right])
    #expect(
      try await bench.staged(join).rows == [["1", "7", "7"], ["2", "8", "7"], ["3", "8", "7"]])
    // A key that the output does not have is a column of the input, and one of the join where it is asked for.
    let keyed = try await bench.staged(.join(on: ["n", "hour"], [left, right]))
    #expect(keyed.rows == [["1", "7"]])
    #expect(keyed.account.matches.map(\.leftRows) == [3])
    #expect(keyed.account.matches.map(\.pairs) == [1])
  }

  @Test("members of text and of different layouts are read as one table")
  func layouts() async throws {
    let first = try bench.text("1.csv", "n,extra\n1,x\n")
    let second = try bench.text("2.csv", "n\n2\n")
    let text = input("t", numbers, format: .csv, [hour(7, [first]), hour(8, [second])])
    let staged = try await bench.staged(.sql("SELECT n, hour FROM t", [text]))
    #expect(staged.rows == [["1", "7"], ["2", "8"]])
    #expect(staged.account.warnings.count == 1)
    #expect(
      staged.account.warnings.first?.hasPrefix("t, partition hour=7: \(first) has the new") == true)
  }

  @Test("a key inside the files is compared with its own partition's")
  func warnings() async throws {
    let first = try await bench.parquet("1.parquet", "SELECT 1 AS n, 7 AS hour")
    let second = try await bench.parquet("2.parquet", "SELECT 2 AS n, 7 AS hour")
    let left = input("l", numbers, [hour(7, [first]), hour(8, [second])])
    let staged = try await bench.staged(.sql("SELECT n, hour FROM l", [left]))
    #expect(staged.rows == [["1", "7"], ["2", "8"]])
    #expect(
      staged.account.warnings == [
        "l, partition hour=8: the files hold another value of the partition key hour than the path in 1 row; "
          + "the path's value was used."
      ])
  }

  @Test("an input without members has the columns and keys of its table, and no rows")
  func none() async throws {
    let unit = JoinUnit.sql("SELECT n, hour FROM l", [input("l", numbers, [])])
    #expect(try await bench.engine.validate(unit).columns.map(\.type) == ["INTEGER", "INTEGER"])
    #expect(try await bench.staged(unit).account.rows == 0)
  }
}
