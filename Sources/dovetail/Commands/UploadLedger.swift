import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import Workspace

/// `dovetail upload-ledger`: makes the ledger beside `dovetail.yaml` the one in the bucket.
struct UploadLedger: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload-ledger",
    abstract: "Upload the ledger beside dovetail.yaml to the place that `ledger:` names.",
    discussion: """
      Example: dovetail upload-ledger

      Done once, when a workspace that has run gets a `ledger:` in a bucket. What was consumed, built and kept for undo \
      stays known. The ledger beside dovetail.yaml is left in place but no longer used.
      """)

  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    try session.allowChanges()
    guard let place = try session.ledgers.upload() else {
      throw UsageError(
        "dovetail.yaml has no `ledger:`, so the ledger is kept beside it. Add for example "
          + "ledger: s3://lake/state/flights, then upload it.")
    }
    let run = try session.ledger().runs(job: nil, limit: 1).first?.id
    if options.json { return try Report.json(JSON(place: place, lastRun: run)) }
    Report.line(
      "Uploaded the ledger to \(place)"
        + (run.map { ", up to run \($0)." } ?? "; it has no runs yet.")
    )
  }

  private struct JSON: Encodable {
    let place: String
    let lastRun: RunID?
  }
}
