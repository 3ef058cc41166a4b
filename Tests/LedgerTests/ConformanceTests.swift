import Ledger
import TestSupport
import Testing

struct ConformanceTests {
  @Test("a ledger in SQLite", arguments: LedgerConformance.checks)
  func sqlite(_ conformance: LedgerConformance) throws {
    let folder = try TemporaryFolder()
    try conformance.check(try Ledger(path: folder.ledger))
  }

  @Test("a ledger in memory", arguments: LedgerConformance.checks)
  func memory(_ conformance: LedgerConformance) throws {
    try conformance.check(MemoryLedger())
  }
}
