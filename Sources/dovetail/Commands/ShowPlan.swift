import ArgumentParser
import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

/// `dovetail plan`: shows what `dovetail run` would do.
struct ShowPlan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would read, stage, publish and commit.",
    discussion: """
      Example: dovetail plan --sample 5

      The plan has an id, and is noted in .dovetail/plans; nothing else changes. `dovetail run --plan ID` \
      runs only if it is still the same plan, and else says what moved.
      """)

  @Option(
    help: ArgumentHelp(
      "Also join the first partition and print this many of its rows.", valueName: "rows"))
  var sample = 0

  @OptionGroup var filter: WhereOption
  @OptionGroup var scope: RunScope
  @OptionGroup var look: LookOption
  @OptionGroup var options: Options
  @OptionGroup var choice: JobOption

  func validate() throws {
    if scope.from != nil, choice.job == nil {
      throw ValidationError("--from and --to are runs of one job: name it with --job.")
    }
  }

  func run() async throws {
    let session = try await Session(options.workspace)
    let work = try session.jobs(choice).map { job in
      var request = RunRequest()
      request.looksEverywhere = look.all
      request.filter = try filter.predicate(session, keys: job.output.keys)
      try scope.apply(to: &request, job, session)
      return (job, request)
    }
    var rows: [PlanJSON] = []
    var failures: [Failure] = []
    for (job, request) in work where failures.last?.status != .interrupted {
      do {
        let plan = try await session.plan(job, request)
        SavedPlans(session).save(plan)
        let forecast = try await session.forecast(of: plan)
        if options.json {
          rows.append(PlanJSON(plan, forecast))
        } else {
          plan.print(forecast)
          try await printSample(of: plan, session)
        }
      } catch {
        // Like a run, it goes on with the next job.
        var failure = Failure(error)
        failure.say()
        failures.append(failure)
      }
    }
    if options.json, failures.isEmpty || !rows.isEmpty { try Report.json(rows) }
    if let failure = failures.first(where: { $0.status == .interrupted }) ?? failures.first {
      throw failure
    }
  }

  private func printSample(of plan: Plan, _ session: Session) async throws {
    guard sample > 0, let unit = plan.units.first(where: { !$0.isSurelyEmpty }) else { return }
    let rows = try await session.preview(unit, of: plan, limit: sample)
    Report.line("Sample of \(unit.partition):")
    let columns = rows.columns.enumerated().map { index, column in
      let values = rows.rows.compactMap { $0[index] }
      let isNumber = !values.isEmpty && values.allSatisfy { Double($0) != nil }
      return isNumber ? TextReport.Column.number(column.name) : TextReport.Column(column.name)
    }
    Report.table(columns, rows.rows.map { row in row.map { $0 ?? "NULL" } })
  }
}

extension Plan {
  /// Prints the plan for people: its id, its units, its steps.
  func print(_ forecast: PlanForecast) {
    Report.line(
      "Job \(job.name), plan \(id): \(Quantity.count(units.count, "partition")), "
        + "\(Quantity.count(fileCount, "file")), \(Quantity.bytes(bytes))"
        + "\(detail.isEmpty ? "" : " (\(detail))").")
    printColumns()
    Report.table(
      ["PARTITION", "ACTION", .number("FILES"), .number("BYTES"), "REASONS"],
      units.map { unit in
        [
          unit.partition.path.text, unit.action, Quantity.number(unit.fileCount),
          Quantity.bytes(unit.bytes),
          unit.reasonText,
        ]
      })
    for pending in compacted {
      Report.line("\(pending.partition)  compacted, the rows are the same: only its position moves")
    }
    if !outOfReach.isEmpty {
      Report.line(
        "\(Quantity.count(outOfReach.count, "partition")) out of reach of new files: only the position moves."
      )
    }
    if postponed > 0 {
      Report.line("\(Quantity.count(postponed, "partition")) left for a later run.")
    }
    for pending in held { Report.line("\(pending.partition)  \(pending.hold?.description ?? "")") }
    for (number, step) in steps.enumerated() { Report.line("\(number + 1). \(step)") }
    if let pace = forecast.pace { Report.line("A run takes \(pace.text(for: self)).") }
    if let refusal = forecast.refusal {
      Report.line("A run is refused: \(refusal)")
    } else if let removalForecast {
      Report.line(removalForecast)
    }
    for problem in problems { StandardError.write("dovetail: \(problem)") }
  }

  /// Prints the columns that files show for tables that neither declare nor have pinned them, and which parts of the
  /// result Spark cannot read as they are.
  private func printColumns() {
    for (table, seen) in seenColumns.sorted(by: { $0.key < $1.key }) {
      let files = Quantity.count(seen.files.count, "file")
      Report.line(
        "Table \(table): a run pins its columns, "
          + (seen.isGuess
            ? "with types guessed from \(files)"
            : "as \(files) \(seen.files.count == 1 ? "has" : "have") them")
          + ". For dovetail.yaml they would be:")
      ColumnListing(seen, of: table, optional: proposedOptional[table] ?? []).lines
        .forEach(Report.line)
    }
    for note in conversionNotes { Report.line(note) }
    for read in reads where read.haloBytes > 0 {
      Report.line(
        "\(read.input): \(Quantity.bytes(read.coreBytes)) in the partitions' own spans and "
          + "\(Quantity.bytes(read.haloBytes)) of halo, from \(read.window)")
    }
    for warning in cautions { Report.line("Warning: \(warning)") }
  }
}

extension Plan {
  /// A sentence on the partitions that a run is certain to keep although it would remove them; nil for none.
  fileprivate var removalForecast: String? {
    guard let removalCount, removalCount.isBeyond else { return nil }
    return
      "A run keeps and holds \(Quantity.count(removalCount.new, "partition")) that it would remove: "
      + "\(removalCount). `dovetail run --job \(job.name) --allow-removals` removes "
      + "\(removalCount.new == 1 ? "it" : "them")."
  }
}

extension WorkUnit {
  /// What happens to the published partition.
  var action: String {
    switch (isPublished, isSurelyEmpty) {
    case (true, true): "remove"
    case (true, false): "overwrite"
    case (false, true): "none"
    case (false, false): "create"
    }
  }
}
