public import PartitionPredicate

/// What an operator asks a run to do.
public struct RunRequest: Hashable, Sendable {
  /// How the positions are treated.
  public var mode: BookmarkMode
  /// In a paused run, the window of the past whose partitions are rebuilt; nil for what is pending.
  public var window: RunWindow?
  /// Output partitions to rebuild whether pending or not; nil for what is pending.
  public var partitions: [Partition]?
  /// A predicate over the output's keys that limits the run to the pending partitions it selects; the rest stays
  /// pending.
  public var filter: PushdownPredicate?
  /// How much of it is done at most; the rest stays pending.
  public var bounds: RunBounds
  /// The plan that the operator saw: the run is refused when it would now be another.
  public var expectedPlan: PlanPins?
  /// Lets the run treat inputs as deleted, and allows the removals that are foreseeable: those that the plan is certain
  /// of, and partitions that are held because they would be emptied.
  ///
  /// Anything that turns out to be empty during the run is still counted.
  public var allowsRemovals: Bool
  /// Lets the run take over an output location whose data no run of this workspace wrote.
  public var adoptsOutput: Bool
  /// Lets the run be larger than the job's `max_partitions` and `max_bytes`.
  public var exceedsLimits: Bool
  /// Takes an input whose table is declared differently than at its last run for the same source.
  public var acceptsSources: Bool
  /// Ends after staging: the operator publishes later, or not.
  public var stagesOnly: Bool
  /// Looks at everything, whatever the tables' `watch:` says.
  public var looksEverywhere: Bool
  /// Why, in the operator's words.
  public var note: String?

  /// Creates a request; by default for what is pending.
  public init(
    mode: BookmarkMode = .enable, window: RunWindow? = nil, partitions: [Partition]? = nil,
    filter: PushdownPredicate? = nil, bounds: RunBounds = RunBounds(),
    expectedPlan: PlanPins? = nil, allowsRemovals: Bool = false, adoptsOutput: Bool = false,
    exceedsLimits: Bool = false, acceptsSources: Bool = false, stagesOnly: Bool = false,
    looksEverywhere: Bool = false, note: String? = nil
  ) {
    self.mode = mode
    self.window = window
    self.partitions = partitions
    self.filter = filter
    self.bounds = bounds
    self.expectedPlan = expectedPlan
    self.allowsRemovals = allowsRemovals
    self.adoptsOutput = adoptsOutput
    self.exceedsLimits = exceedsLimits
    self.acceptsSources = acceptsSources
    self.stagesOnly = stagesOnly
    self.looksEverywhere = looksEverywhere
    self.note = note
  }
}

/// How much one run does at most: whole partitions, from one end.
public struct RunBounds: Hashable, Sendable {
  /// Where a bounded run begins, by the order of the output's partition values.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    case oldestFirst
    case newestFirst
  }

  /// Output partitions; nil for any number.
  public var maxPartitions: Int?
  /// Bytes of input files; nil for any number.
  public var maxBytes: Int64?
  /// Which partitions come first; also without a bound.
  public var order: Order

  /// Creates bounds; by default there are none.
  public init(maxPartitions: Int? = nil, maxBytes: Int64? = nil, order: Order = .oldestFirst) {
    self.maxPartitions = maxPartitions
    self.maxBytes = maxBytes
    self.order = order
  }
}
