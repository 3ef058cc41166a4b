import Wording

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
    /// The literal is not a value of the type that it is compared as.
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
        "\(literal) is not \("\(type)".withArticle), so that the clause is NULL for every partition. Correct the "
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
        + "the same are selected without it. `minimize` says whether it matters for partitions that "
        + "land later."
    case .castsKey(let key, .string, let type):
      return
        "\(key) is a string and compared as \(type): each value is cast first, so that '01' and "
        + "'1' are the same, and a value that is not a valid \(type) is NULL. Quote the literal to compare text."
    case .castsKey(let key, let from, let type):
      return "\(key) is \(from) and compared as \(type): each value is cast first."
    case .mixedList(let key, let type):
      return
        "The list has strings, so that Spark compares \(key), which is \(type), "
        + "as text: 1 is not '01'. Write all values as \(type)."
    case .adjacentStrings(let value, let isDoubledQuote):
      return
        "Strings side by side are one string in Spark 3, \(value): a doubled quote does not stand "
        + "for a quote\(isDoubledQuote ? ", as it does from Spark 4.1 on" : ""). Write \\' for it."
    case .joinsTexts:
      return
        "`||` joins texts in SQL, and binds more tightly than a comparison. Write OR between conditions."
    case .unreadable(let text, let pattern, let partitions):
      return
        "\(text) is not of the pattern \(pattern), so that the result is NULL (\(count(partitions))). "
        + "Spark 3 ends with an error where its old parser would read such a text, unless "
        + "spark.sql.legacy.timeParserPolicy is CORRECTED; Spark 4 does not."
    case .bang: return "Spark 4 does not take ! for NOT in this place. Write NOT."
    case .cutsDecimals:
      return
        "Both decimals together need more than 38 digits: Spark 3 compares as NULL what does not "
        + "fit, Spark 4 compares it exactly. CAST one side to fewer digits."
    case .castsInstant:
      return
        "An int holds the seconds from 1901-12-13 to 2038-01-19 only: of others Spark 3 cuts bits off, "
        + "and Spark 4 makes NULL. CAST AS bigint."
    }
  }

  private func count(_ partitions: Int) -> String {
    Quantity.count(partitions, "partition")
  }
}
