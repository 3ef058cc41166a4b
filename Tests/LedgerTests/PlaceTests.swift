import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

@Suite("What the ledger knows of places")
struct PlaceTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("a ledger has a name of its own, which its copy shares")
  func name() throws {
    let other = try Ledger(path: folder.path + "/other/ledger.sqlite")
    let id = try #require(try ledger.ledgerID())
    #expect(id.count == 32)
    #expect(try other.ledgerID() != id)
    #expect(try ReadOnlyLedger(path: folder.ledger).ledgerID() == id)
    #expect(try ReadOnlyLedger(path: folder.path + "/none").ledgerID() == nil)
    try ReadOnlyLedger(path: folder.ledger).backUp(to: folder.path + "/copy.sqlite")
    #expect(try Ledger(path: folder.path + "/copy.sqlite").ledgerID() == id)
  }

  @Test("the newest place of each job counts")
  func places() throws {
    #expect(try ledger.outputPlace(job: "joined") == nil)
    let places = ["out/a", "/disk/b", "out/a"].map {
      OutputPlace(declared: "./\($0)", resolved: $0)
    }
    let run = try ledger.build(["day=1"])
    for place in places {
      for number in [run, nil] { try ledger.claim(place, job: "joined", run: number) }
      for reader in [ledger, ReadOnlyLedger(path: folder.ledger)] as [any LedgerReader] {
        #expect(try reader.outputPlace(job: "joined") == place)
        #expect(try reader.outputPlace(job: "other") == nil)
      }
    }
  }

  @Test("a run is known by its number and since when its output was held")
  func leases() throws {
    let run = try ledger.build(["day=1"])
    let reader = ReadOnlyLedger(path: folder.ledger)
    // As the marker keeps the instant.
    let since = try JSONDecoder().decode(
      Date.self, from: try JSONEncoder().encode(holder.since))
    #expect(try ledger.hasLease(of: run, since: since))
    #expect(try reader.hasLease(of: run, since: since))
    #expect(try !reader.hasLease(of: run, since: since.addingTimeInterval(0.001)))
    #expect(try !reader.hasLease(of: run.next, since: since))
  }

  @Test("what a run was asked for is read back as it was written")
  func columns() throws {
    let first = try ledger.beginRun(
      RunStart(job: "joined", kind: .run, listedAt: listedAt, stagesOnly: true), holder: holder)
    let second = try ledger.beginRun(
      RunStart(job: "joined", kind: .undo, listedAt: listedAt, undoes: first), holder: holder)
    #expect(try ledger.run(first)?.stagesOnly == true)
    #expect(try ledger.run(first)?.undoes == nil)
    #expect(try ledger.run(second)?.stagesOnly == false)
    #expect(try ledger.run(second)?.undoes == first)
  }
}
