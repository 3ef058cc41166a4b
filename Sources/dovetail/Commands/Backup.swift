import ArgumentParser
import Foundation
import IncrementalJoin
import Ledger
import Operations
import Workspace

/// `dovetail backup`: copies the ledger, even while a run writes it.
struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the ledger into a new file, even during a run.",
    discussion: """
      Example: dovetail backup /backup/ledger-$(date +%F).sqlite

      The copy is the ledger as it is at one instant. To restore it when no run is in progress, remove \
      .dovetail/ledger.sqlite-wal and .dovetail/ledger.sqlite-shm, and copy it over \
      .dovetail/ledger.sqlite. A run notices that the output is newer, and says how to go on.
      """)

  @Argument(help: ArgumentHelp("The new file; none of this name may exist.", valueName: "file"))
  var file: String

  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let ledger = try session.ledgers.reader()
    let path = URL(fileURLWithPath: file).path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw UsageError(
        "There is no folder \(folder) for the copy. Make it, or name another file. Nothing was copied."
      )
    }
    try ledger.backUp(to: path)
    let run = try ReadOnlyLedger(path: path).runs(job: nil, limit: 1).first?.id
    if options.json { return try Report.json(JSON(path: path, lastRun: run)) }
    Report.line(
      "Copied the ledger to \(path)" + (run.map { ", up to run \($0)." } ?? "; it has no runs yet.")
    )
  }

  private struct JSON: Encodable {
    let path: String
    let lastRun: RunID?
  }
}
