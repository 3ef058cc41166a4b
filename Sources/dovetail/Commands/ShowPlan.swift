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

/// The JSON of a plan.
struct PlanJSON: Encodable {
  struct Unit: Encodable {
    let partition: ExactText
    let action: String
    let files: [String: [ExactText]]  // characters: input names are ASCII
    let bytes: Int64
    let reasons: [String]
  }

  /// A table's columns as its files show them.
  struct Seen: Encodable {
    let table: String
    let columns: [SeenColumn]
    let files: Int
    let guessed: Bool
    let optional: [String]
  }

  struct Conversion: Encodable {
    let column: String
    let type: String
    let written: String
  }

  /// What is read of an input.
  struct Read: Encodable {
    let input: String
    /// The size of the files, in the partitions' own spans and beyond them.
    let bytes: Int64
    let halo: Int64
    let window: String?
    /// The most output partitions that a single new file makes pending.
    let readers: Int
  }

  let id: String
  let job: String
  let kind: RunKind
  let mode: BookmarkMode
  let units: [Unit]
  let compacted: [ExactText]
  let outOfReach: [ExactText]
  let postponed: Int
  let held: [String: String]  // characters: a key of a JSON object
  let steps: [String]
  let files: Int
  let bytes: Int64
  let columns: [Column]
  let seenColumns: [Seen]
  let types: OutputTypes
  let conversions: [Conversion]
  let problems: [String]
  let reads: [Read]
  /// Which parts of the definition may give different rows for the same files, and for which inputs one new file makes
  /// many partitions pending.
  let warnings: [String]
  /// Why a run would be refused without consent.
  let refusal: String?
  /// How long building may take, judging by the last runs.
  let expectedSeconds: Double?
  /// What would be gone after a run, as far as that is certain.
  let removals: RemovalCount?

  init(_ plan: Plan, _ forecast: PlanForecast) {
    refusal = forecast.refusal
    expectedSeconds = forecast.pace.map { $0.expected(plan) / .seconds(1) }
    removals = plan.removalCount
    id = plan.id
    job = plan.job.name
    kind = plan.kind
    mode = plan.mode
    compacted = plan.compacted.map(\.partition.path)
    outOfReach = plan.outOfReach.map(\.partition.path)
    postponed = plan.postponed
    units = plan.units.map { unit in
      Unit(
        partition: unit.partition.path, action: unit.action,
        files: unit.versions.mapValues { $0.files.map(\.path) }, bytes: unit.bytes,
        reasons: unit.reasons.map(\.description))
    }
    held = Dictionary(
      plan.held.map { ($0.partition.path.text, $0.hold?.description ?? "") },
      uniquingKeysWith: { $1 })
    steps = plan.steps.map(\.description)
    files = plan.fileCount
    bytes = plan.bytes
    columns = plan.outputColumns
    seenColumns = plan.seenColumns.sorted { $0.key < $1.key }.map { table, seen in
      Seen(
        table: table, columns: seen.columns, files: seen.files.count, guessed: seen.isGuess,
        optional: plan.proposedOptional[table] ?? [])
    }
    types = plan.types
    conversions = plan.conversions.map {
      Conversion(column: $0.column, type: $0.type, written: $0.written)
    }
    problems = plan.problems.map(\.description)
    reads = plan.reads.map {
      Read(
        input: $0.input, bytes: $0.coreBytes, halo: $0.haloBytes,
        window: $0.window == .none ? nil : "\($0.window)", readers: $0.readers)
    }
    warnings = plan.cautions
  }
}
