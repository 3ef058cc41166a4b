import ObjectStorage
import TestSupport
import Testing

struct RemoteLedgerConformanceTests {
  @Test("a ledger in a store, read anew by another machine", arguments: LedgerConformance.checks)
  func remote(_ conformance: LedgerConformance) throws {
    let store = MemoryObjects()
    let machine = try Machine(store)
    try conformance.check(try machine.remote.open())
    try expectSameElsewhere(machine, store)
  }
}
