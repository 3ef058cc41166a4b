import Foundation
import IncrementalJoin
import Synchronization
import Testing

@testable import DuckDBEngine

@Suite("Batches of units")
struct BatchTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// A month's rows of two tables, of which half meet.
  private func unit(_ month: Int64, _ type: JoinType = .left) async throws -> JoinUnit {
    let left = try await bench.parquet("l/\(month).parquet", "SELECT range AS n FROM range(4)")
    let right = try await bench.parquet(
      "r/\(month).parquet", "SELECT range AS n, \(month * 10) + range AS value FROM range(2, 6)")
    return .join(
      type, on: ["n"],
      [
        .named("l", "n BIGINT", partition: .month(month), files: [left]),
        .named("r", "n BIGINT, value BIGINT", partition: .month(month), files: [right]),
      ], partition: .month(month))
  }

  @Test("every unit has its own rows and its own account")
  func ownRows() async throws {
    var units: [JoinUnit] = []
    for month in Int64(1)...12 { units.append(try await unit(month)) }
    let staged = try await bench.staged(units)
    for (month, result) in zip(Int64(1)..., staged) {
      let (account, rows) = try result.get()
      #expect(
        rows == [
          ["0", nil], ["1", nil], ["2", "\(month * 10 + 2)"], ["3", "\(month * 10 + 3)"],
        ])
      #expect(
        account.matches == [
          InputMatch(
            left: "l", right: "r", leftRows: 4, rightRows: 4, leftMatched: 2, rightMatched: 2,
            pairs: 2, fanOut: 1)
        ])
    }
  }

  @Test("a unit that fails is found, says what it says alone, and the others go on")
  func failures() async throws {
    var units: [JoinUnit] = []
    for month in Int64(1)...12 { units.append(try await unit(month)) }
    try Data("no Parquet".utf8).write(to: URL(filePath: units[4].inputs[1].files[0]))
    let alone = try #require(await bench.failure(units[4]))
    for (index, result) in try await bench.staged(units).enumerated() {
      if index == 4 {
        #expect(throws: alone) { try result.get() }
      } else {
        #expect(try result.get().rows.count == 4)
      }
    }
  }

  @Test("cancelling a batch ends it, and what was not finished leaves no file")
  func cancelled() async throws {
    let file = try await bench.parquet("t.parquet", "SELECT range AS n FROM range(1000)")
    let input = JoinUnit.Input.named("t", "n BIGINT", files: [file])
    let endless = JoinUnit.sql(
      "SELECT max(hash(a.n, b.n, c.n, d.n)) AS h FROM t a, t b, t c, t d", [input])
    let folders = try (0..<6).map { _ in try bench.newFolder() }
    let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
    let finished = Mutex(0)
    let orders = folders.map { folder in
      StagingOrder(
        unit: endless, countsMatches: false,
        begin: {
          continuation.yield()
          return folder
        }, progress: { _ in }, finish: { _ in finished.withLock { $0 += 1 } })
    }
    let task = Task { [bench] in try await bench.engine.stage(orders) }
    for await _ in begun { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(finished.withLock { $0 } == 0)
    for folder in folders {
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}

extension Workbench {
  /// An empty folder to stage into.
  func newFolder() throws -> String {
    (try file("staged-\(UUID().uuidString)/x") as NSString).deletingLastPathComponent
  }

  /// Stages units as one batch into new folders; returns what was written of each, in the order of all columns.
  func staged(_ units: [JoinUnit]) async throws
    -> [Result<(account: StagedRows, rows: [[String?]]), any Error>]
  {
    let results = Mutex<[Int: Result<StagedRows, any Error>]>([:])
    var folders: [String] = []
    var orders: [StagingOrder] = []
    for (index, unit) in units.enumerated() {
      let folder = try newFolder()
      folders.append(folder)
      orders.append(
        StagingOrder(
          unit: unit, countsMatches: true, begin: { folder }, progress: { _ in },
          finish: { result in
            results.withLock { #expect($0.updateValue(result, forKey: index) == nil) }
          }))
    }
    try await engine.stage(orders)
    var staged: [Result<(account: StagedRows, rows: [[String?]]), any Error>] = []
    for (index, folder) in folders.enumerated() {
      switch try #require(results.withLock { $0[index] }) {
      case .success(let account):
        staged.append(.success((account, try await rows(in: folder, of: account))))
      case .failure(let error):
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        staged.append(.failure(error))
      }
    }
    return staged
  }

  /// Stages units by one statement, which has to be possible.
  func together(_ units: [JoinUnit]) async throws -> [(account: StagedRows, rows: [[String?]])] {
    let folders = try units.map { _ in try newFolder() }
    let accounts = try await engine.stageTogether(units, into: folders, countsMatches: true)
    var staged: [(account: StagedRows, rows: [[String?]])] = []
    for (folder, account) in zip(folders, accounts) {
      staged.append((account, try await rows(in: folder, of: account)))
    }
    return staged
  }
}
