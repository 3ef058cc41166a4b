import Foundation
import IncrementalJoin
import PartitionPredicate

/// A ledger in memory that also keeps logs, staged work units and who read which file.
struct ToldLedger: LedgerReader {
  var ledger: FakeLedger
  var logs: [RunID: [LogLine]] = [:]
  var kept: [RunID: [PreparedPublish]] = [:]
  /// By job and file.
  var readers: [String: [ExactText: [FileUse]]] = [:]

  func positions(job: String, asOf run: RunID?) -> [ExactText: Position] {
    ledger.positions(job: job, asOf: run)
  }
  func lineages(job: String, asOf run: RunID?) -> [ExactText: Lineage] {
    ledger.lineages(job: job, asOf: run)
  }
  func moved(job: String, in window: RunWindow) -> [ExactText] {
    ledger.moved(job: job, in: window)
  }
  func lineages(builtBy run: RunID) -> [ExactText: Lineage] { ledger.lineages(builtBy: run) }
  func uses(ofFile file: ExactText, job: String) -> [FileUse] { readers[job]?[file] ?? [] }
  func files(of versions: [VersionReference]) -> [VersionReference: [DataFile]] {
    ledger.files(of: versions)
  }
  func sameContent(
    as versions: [VersionReference]
  ) -> [VersionReference: Set<VersionReference>] { ledger.sameContent(as: versions) }
  func ledgerID() -> String? { ledger.ledgerID() }
  func outputPlace(job: String) -> OutputPlace? { ledger.outputPlace(job: job) }
  func hasLease(of run: RunID, since: Date) -> Bool { ledger.hasLease(of: run, since: since) }
  func rowDigests(of versions: [VersionReference]) -> [VersionReference: String] {
    ledger.rowDigests(of: versions)
  }
  func pinnedColumns(table: String) -> [PinnedColumn]? { ledger.pinnedColumns(table: table) }
  func sources(job: String) -> [String: SourceDescription] { ledger.sources(job: job) }
  func counters(job: String) -> BookmarkCounters { ledger.counters(job: job) }
  func runs(job: String?, limit: Int) -> [RunRecord] { ledger.runs(job: job, limit: limit) }
  func run(_ id: RunID) -> RunRecord? { ledger.run(id) }
  func workUnits(run: RunID) -> [WorkUnitRecord] { ledger.workUnits(run: run) }
  func log(run: RunID) -> [LogLine] { logs[run] ?? [] }
  func matches(job: String, run: RunID?) -> [MatchRecord] { ledger.matches(job: job, run: run) }
  func withheld(job: String) -> [ExactText: WithheldRemoval] { ledger.withheld(job: job) }
  func acknowledgements(job: String) -> [AlarmAcknowledgement] { ledger.acknowledgements(job: job) }
  func strays(job: String) -> [StrayMatches] { ledger.strays(job: job) }
  func staged(run: RunID) -> [PreparedPublish] { kept[run] ?? [] }
  func unfinishedPartitions(job: String) -> [ExactText] { ledger.unfinishedPartitions(job: job) }
}
