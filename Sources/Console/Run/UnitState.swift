/// How far along one partition of the run is.
enum UnitState: String, CaseIterable, Hashable, Sendable {
  case waiting
  case staging
  case staged
  case published
  case committed
  case unchanged
  case removed
  /// Staged, and waiting for the operator.
  case kept
  /// Left as it is, because it would be emptied.
  case held
  case failed
  case cancelled

  /// The word on screen.
  var word: String { self == .kept ? UnitState.staged.rawValue : rawValue }

  /// Whether the run has finished its work on the partition.
  var isDone: Bool { isFinal && self != .cancelled }

  var isFinal: Bool {
    switch self {
    case .committed, .unchanged, .removed, .kept, .held, .failed, .cancelled: true
    case .waiting, .staging, .staged, .published: false
    }
  }
}
