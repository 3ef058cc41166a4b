extension PredicateFinding {
  /// What is odd, why, and what to write instead: whole sentences for people.
  public var message: String {
    switch kind {
    case .comparesNull:
      return "A comparison with NULL is NULL, never TRUE. Write IS NULL or IS NOT NULL."
    case .notInNull:
      return "NOT IN is never TRUE when its list has a NULL. Leave the NULL out."
    case .literalIsNoValue(let literal, let type):
      return
        "\(literal) is no \(type), so that the clause is NULL for every partition. Correct the "
        + "literal."
    case .emptyRange(let low, let high):
      return "No value lies between \(low) and \(high). The lower bound comes first."
    case .spelling(let key, let literal, let known, let partitions):
      return "\(key) is a string, and \(literal) is not \(known), which \(count(partitions)) "
        + "\(partitions == 1 ? "has" : "have"). Write \(known)."
    case .neverTrue:
      return "Its terms exclude each other: no partition can make it TRUE."
    case .matchesNothing(let partitions):
      return "It is TRUE for none of the \(count(partitions)) known."
    case .implied(let by, let partitions):
      return "The other terms of clause \(by) say it already: among the \(count(partitions)) known "
        + "the same are selected without it. `minimise` says whether it matters for partitions that "
        + "land later."
    case .castsKey(let key, .string, let type):
      return
        "\(key) is a string and compared as \(type): each value is cast first, so that '01' and "
        + "'1' are the same, and a value that is no \(type) is NULL. Quote the literal to compare text."
    case .castsKey(let key, let from, let type):
      return "\(key) is \(from) and compared as \(type): each value is cast first."
    case .mixedList(let key, let type):
      return
        "The list has strings, so that Spark compares \(key), which is \(type), "
        + "as text: 1 is not '01'. Write all values as \(type)."
    case .adjacentStrings(let value):
      return
        "Strings side by side are one string in Spark, \(value): a doubled quote does not stand "
        + "for a quote. Write \\' for it."
    }
  }

  private func count(_ partitions: Int) -> String {
    partitions == 1 ? "1 partition" : "\(partitions) partitions"
  }
}
