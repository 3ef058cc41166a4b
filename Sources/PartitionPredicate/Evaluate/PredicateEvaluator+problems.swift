extension PredicateEvaluator {
  /// Why a text is no pattern of LIKE; nil when it is one.
  ///
  /// Spark refuses such a pattern when it runs. The binder asks this for literal patterns; any other
  /// bad pattern makes LIKE NULL.
  public static func problem(inPattern pattern: String, escape: Unicode.Scalar) -> String? {
    do {
      _ = try LikePattern(pattern, escape: escape)
      return nil
    } catch {
      switch error {
      case .endsWithEscape: return "it ends with the escape character \(escape)"
      case .escapes(let other):
        return
          "the escape character \(escape) stands before \(other), but it may only stand before"
          + " _, % and itself"
      }
    }
  }

  /// Why a text is no regular expression of RLIKE; nil when it is one.
  public static func problem(inRegularExpression pattern: String) -> String? {
    do {
      _ = try RegularExpression(pattern)
      return nil
    } catch { return error.reason }
  }
}
