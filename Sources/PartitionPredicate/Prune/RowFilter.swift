/// A predicate compiled for one partition table: sets of codes wherever one key decides.
indirect enum RowFilter: Sendable {
  case all
  case none
  /// The row's code of this key belongs to a set.
  case codes(key: Int, CodeSet)
  /// Evaluated row by row.
  case evaluate(PredicateEvaluator)
  case and([RowFilter])
  case or([RowFilter])
  /// The row's code of this key chooses the filter: the last whose start is not above the code.
  case dispatch(key: Int, starts: [UInt32], filters: [RowFilter])

  /// Whether rows are evaluated one by one.
  var isSlow: Bool {
    switch self {
    case .all, .none, .codes: false
    case .evaluate: true
    case .and(let terms), .or(let terms), .dispatch(_, _, let terms):
      terms.contains(where: \.isSlow)
    }
  }
}
