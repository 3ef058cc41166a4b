/// Something odd about a clause: probably a mistake, or at least worth knowing.
public struct PredicateFinding: Hashable, Sendable {
  /// How sure it is that the clause does not do what it was written for.
  public enum Severity: String, Hashable, Sendable {
    /// Probably a mistake.
    case warning
    /// Worth knowing.
    case note
  }

  /// What is odd, with the facts that its sentence names.
  public enum Kind: Hashable, Sendable {
    /// A comparison with NULL, which is never TRUE.
    case comparesNull
    /// NOT IN with NULL in its list, which is never TRUE.
    case notInNull
    /// The literal is no value of the type that it is compared as.
    case literalIsNoValue(literal: String, type: ValueType)
    /// The lower bound of BETWEEN lies above the upper one.
    case emptyRange(low: String, high: String)
    /// A string that no partition has, but nearly: `1` for `01`, `jfk` for `JFK`.
    case spelling(key: String, literal: String, known: String, partitions: Int)
    /// Whatever partitions there will be, it is not TRUE for any.
    case neverTrue
    /// No known partition makes it TRUE.
    case matchesNothing(partitions: Int)
    /// Leaving the clause out changes nothing among the known partitions.
    case implied(by: Int, partitions: Int)
    /// The key's values are cast before they are compared.
    case castsKey(key: String, from: KeyType, to: ValueType)
    /// IN with values of several types, which Spark compares as text.
    case mixedList(key: String, type: KeyType)
    /// String literals side by side, which are one string; from Spark 4.1 on a doubled quote between them
    /// is a quote.
    case adjacentStrings(value: String, isDoubledQuote: Bool)
    /// `a = 1 || b = 2`, which joins texts.
    case joinsTexts
    /// A text among the known partitions that is not of the pattern that reads it.
    case unreadable(text: String, pattern: String, partitions: Int)
    /// `!` in front of IN, LIKE and the like, or behind IS.
    case bang
    /// Decimals whose common type has no room for all their digits.
    case cutsDecimals
    /// A cast of an instant to an int.
    case castsInstant
  }

  /// The clause's number in the outline.
  public let clause: Int
  /// What is odd.
  public let kind: Kind

  /// Follows from the kind.
  public var severity: Severity {
    switch kind {
    case .comparesNull, .notInNull, .literalIsNoValue, .emptyRange, .spelling, .neverTrue,
      .adjacentStrings, .joinsTexts, .unreadable:
      .warning
    case .matchesNothing, .implied, .castsKey, .mixedList, .bang, .cutsDecimals, .castsInstant:
      .note
    }
  }
}
