extension PartitionExplanation {
  /// The explanation as one sentence.
  ///
  /// Such as: `month=12/day=31 is not selected: "month = 2" is FALSE, since month is 12.`
  public func sentence(_ outline: PredicateOutline) -> String {
    let verdict = truth == .isTrue ? "is selected" : "is not selected"
    let because = deciding.map { line in
      "\"\(outline.text(of: line.clause))\" is \(line.truth.rawValue), since \(line.reason ?? "")"
    }
    let rest =
      omitted == 0 ? "" : "; and so for \(omitted) more alternative\(omitted == 1 ? "" : "s")"
    let null = truth == .isNull ? " (the predicate is NULL, which selects nothing)" : ""
    return "\(partition) \(verdict)\(null): \(because.joined(separator: "; "))\(rest)."
  }
}
