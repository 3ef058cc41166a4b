import Foundation
import Reports
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The account of a run draws its batches")
struct BatchAccountTests {
  private func batch(_ second: Double, failed: Int = 0, batches: Int = 1) -> BatchRecord {
    BatchRecord(
      batches: batches, partitions: 64 * batches, failed: failed, rows: 1200,
      begunAt: World.now.addingTimeInterval(second), stage: .seconds(4), publish: .seconds(1),
      commit: .seconds(1))
  }

  private func lines(_ batches: [BatchRecord]) throws -> [String] {
    var world = World.control()
    world.ledger.batchRecords[4] = batches
    let account = try #require(try RunAccount.read(4, in: world.ledger))
    return TextReport.run(account).lines.map(\.text)
  }

  @Test("as bars from the beginning of the first to the end of the last")
  func bars() throws {
    let lines = try lines([batch(0), batch(6, failed: 2), batch(12)])
    let start = try #require(lines.firstIndex(of: "3 batches:"))
    #expect(
      lines[(start + 1)...].prefix(4) == [
        "  Batch  Partitions  Failed   Rows   Took",
        "      1          64       0  1,200  6.0 s  ########................",
        "      2          64       2  1,200  6.0 s  ........########........",
        "      3          64       0  1,200  6.0 s  ................########",
      ])
  }

  @Test("records that stand for several batches say which")
  func several() throws {
    let lines = try lines([batch(0, batches: 2), batch(6, batches: 2), batch(12)])
    #expect(lines.contains("5 batches:"))
    #expect(lines.contains { $0.hasPrefix("    1-2         128") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("      5          64") })
  }

  @Test("very many take no more than 40 rows, and a single one none")
  func limits() throws {
    let many = try lines((0..<500).map { batch(Double($0) * 6) })
    #expect(many.contains("500 batches:"))
    let start = try #require(many.firstIndex(of: "500 batches:"))
    #expect((many[start...].firstIndex(of: "") ?? many.count) - start - 2 <= 40)
    #expect(!(try lines([batch(0)])).contains { $0.contains("batch") })
  }
}
