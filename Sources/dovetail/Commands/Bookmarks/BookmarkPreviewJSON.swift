import GlueCatalog
import IncrementalJoin
import PartitionPredicate

/// The JSON of an operation on bookmarks: what it would do, and the run that did it.
struct BookmarkPreviewJSON: Encodable {
  struct Move: Encodable {
    let partition: ExactText
    /// The version that would then count as consumed, by input.
    let inputs: [String: String]  // characters: input names are ASCII
  }

  struct Change: Encodable {
    let partition: ExactText
    let reasons: [String]
  }

  let job: String
  let operation: RunKind
  let detail: String
  let preview: String
  let note: String?
  let moves: [Move]
  let steps: [String]
  let becomesPending: [Change]
  let settles: [Change]
  /// Partitions that are pending now and would stay pending.
  let stays: [Change]
  /// What a Glue job has consumed, where that is taken over.
  let glue: [GlueConsumptionJSON]?
  let released: [Change]
  /// Partitions that are held because they would be emptied, and that the next run would remove.
  let allowedRemovals: [Change]
  /// The run that recorded the operation; none when nothing was changed.
  let run: RunID?

  init(_ preview: BookmarkPreview, glue: [GlueConsumption]? = nil, run: RunID?) {
    job = preview.job.name
    operation = preview.change.runKind
    detail = preview.change.detail
    self.preview = preview.id
    note = preview.change.note
    moves = preview.moves.map {
      Move(partition: $0.partition.path, inputs: $0.inputs.mapValues(\.id))
    }
    steps = preview.steps.map(\.description)
    becomesPending = Self.changes(preview.becomesPending)
    settles = Self.changes(preview.settles)
    stays = Self.changes(preview.stays)
    self.glue = glue?.map(GlueConsumptionJSON.init)
    released = Self.changes(preview.released)
    allowedRemovals = Self.changes(preview.allowedRemovals)
    self.run = run
  }

  private static func changes(_ partitions: [PendingPartition]) -> [Change] {
    partitions.map {
      Change(partition: $0.partition.path, reasons: $0.reasons.map(\.description))
    }
  }
}
