import IncrementalJoin
import Operations
import PartitionPredicate

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
