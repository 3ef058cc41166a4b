extension PredicateNode {
  /// The operand of IS TRUE, and the negated operand of IS FALSE; in positive position only.
  func droppingTruthTest() -> PredicateNode? {
    guard case .test(.isTruth(let operand, let flag, as: .boolean), negated: false) = kind,
      operand.type == .boolean
    else { return nil }
    return flag ? operand : PredicateNode(.not(operand), .boolean)
  }
}
