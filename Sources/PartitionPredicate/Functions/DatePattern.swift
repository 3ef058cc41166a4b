/// A pattern such as `yyyyMMdd` of to_date, to_timestamp, unix_timestamp or date_format.
///
/// It means what Spark 3 makes of it with Java's `DateTimeFormatter`: strict, without locale and in UTC.
/// A letter that is not known here, and one that Spark refuses, is a problem when it is bound.
struct DatePattern: Hashable, Sendable {
  enum Purpose: Sendable {
    case reading
    case writing
  }

  enum Field: Int, Sendable, CaseIterable {
    case year, month, day, hour, minute, second, fraction, weekday
  }

  /// Digits of a field.
  struct Number: Hashable, Sendable {
    let field: Field
    /// How many letters the pattern has for it.
    let letters: Int
    /// How many digits the fixed numbers behind it take off its end.
    var reserved = 0
  }

  indirect enum Part: Hashable, Sendable {
    case number(Number)
    /// The fraction of a second: when it is read, at most so many digits.
    case fraction(Int)
    /// The name of a month or a weekday, when it is written.
    case name(Field, isLong: Bool)
    case text(Unicode.Scalar)
    /// What stands in brackets.
    case optional([Part])
  }

  /// Why a text is not a pattern.
  enum Problem: Error, Equatable {
    /// A letter that means nothing here.
    case letter(Unicode.Scalar)
    case count(String)
    case unclosedQuote
    case bracket
    /// `{`, `}` or `#`.
    case reserved(Unicode.Scalar)
    case twice(String)
  }

  let parts: [Part]

  /// Takes a pattern apart, as `DateTimeFormatterBuilder.appendPattern`.
  init(_ text: String, for purpose: Purpose) throws(Problem) {
    var builder = Builder(purpose: purpose, scalars: Array(text.unicodeScalars))
    parts = try builder.build()
  }

  /// The parts of one pair of brackets while they are gathered.
  private struct Builder {
    let purpose: Purpose
    let scalars: [Unicode.Scalar]
    var position = 0
    var known: Set<Field> = []
    /// The parts outside and inside of the open brackets.
    var levels: [[Part]] = [[]]
    /// The number that fixed ones behind it are taken off; nil behind anything but a number.
    var active: Int?

    mutating func build() throws(Problem) -> [Part] {
      while position < scalars.count {
        let scalar = scalars[position]
        switch scalar {
        case "a"..."z", "A"..."Z": try letters(scalar)
        case "'": try quoted()
        case "[":
          levels.append([])
          active = nil
          position += 1
        case "]":
          guard levels.count > 1 else { throw .bracket }
          close()
          position += 1
        case "{", "}", "#": throw .reserved(scalar)
        default:
          append(.text(scalar))
          position += 1
        }
      }
      // As in Java, a bracket may stay open.
      while levels.count > 1 { close() }
      return levels[0]
    }

    private mutating func close() {
      let inner = levels.removeLast()
      append(.optional(inner))
    }

    private mutating func append(_ part: Part) {
      levels[levels.count - 1].append(part)
      active = nil
    }

    private mutating func quoted() throws(Problem) {
      position += 1
      if position < scalars.count, scalars[position] == "'" {
        append(.text("'"))
        position += 1
        return
      }
      while position < scalars.count {
        if scalars[position] == "'" {
          position += 1
          guard position < scalars.count, scalars[position] == "'" else { return }
        }
        append(.text(scalars[position]))
        position += 1
      }
      throw .unclosedQuote
    }

    private mutating func letters(_ letter: Unicode.Scalar) throws(Problem) {
      let start = position
      while position < scalars.count, scalars[position] == letter { position += 1 }
      let count = position - start
      let run = String(repeating: String(letter), count: count)
      let fields: [Unicode.Scalar: Field] = [
        "y": .year, "M": .month, "d": .day, "H": .hour, "m": .minute, "s": .second,
        "S": .fraction, "E": .weekday,
      ]
      guard let field = fields[letter], field != .weekday || purpose == .writing else {
        throw .letter(letter)
      }
      let greatest: Int =
        switch field {
        case .year: 6
        case .month: purpose == .writing ? 4 : 2
        case .fraction: 9
        case .weekday: 4
        default: 2
        }
      guard count <= greatest else { throw .count(run) }
      if purpose == .reading, !known.insert(field).inserted { throw .twice(run) }
      switch field {
      case .weekday: append(.name(field, isLong: count == 4))
      case .month where count > 2: append(.name(field, isLong: count == 4))
      case .fraction: append(.fraction(count))
      default: append(Number(field: field, letters: count))
      }
    }

    /// As `DateTimeFormatterBuilder.appendValue`: digits without a sign of their own between them are
    /// told apart by their number.
    private mutating func append(_ number: Number) {
      let level = levels.count - 1
      if let active, case .number(var base) = levels[level][active] {
        base.reserved = number.isFixed ? base.reserved + number.minimum : 0
        levels[level][active] = .number(base)
        levels[level].append(.number(number))
        if !number.isFixed { self.active = levels[level].count - 1 }
      } else {
        levels[level].append(.number(number))
        active = levels[level].count - 1
      }
    }
  }
}

extension DatePattern.Number {
  /// Whether it has always the same number of digits.
  var isFixed: Bool { letters == 2 }
  /// The fewest digits.
  var minimum: Int { letters }
  /// The most digits, without those of the numbers behind it.
  var maximum: Int { isFixed ? 2 : 19 }
  /// Whether a plus sign says that it has more digits than letters, as Java's EXCEEDS_PAD.
  var takesPlus: Bool { field == .year && letters > 3 }
}

extension DatePattern.Problem {
  /// Why, and what to write instead, as the end of a sentence.
  func reason(_ purpose: DatePattern.Purpose) -> String {
    let letters =
      purpose == .reading
      ? "y, M, d, H, m, s and S" : "y, M, d, E, H, m, s and S"
    switch self {
    case .letter(let letter) where "YwWuec".unicodeScalars.contains(letter):
      return
        "Spark 3 has no \(letter), which counts by weeks; write y for the year, and E for the weekday where "
        + "text is written"
    case .letter(let letter) where letter == "h" || letter == "a" || letter == "K" || letter == "k":
      return "\(letter) is not known here; write H for the hour from 0 to 23"
    case .letter(let letter):
      return
        "\(letter) is not known here; the letters are \(letters), and text stands in single quotes"
    case .count(let run): return "\(run) has more letters than are known here"
    case .unclosedQuote: return "a single quote is never closed"
    case .bracket: return "this ] closes nothing"
    case .reserved(let scalar): return "\(scalar) stands in single quotes"
    case .twice(let run): return "the field of \(run) is there twice"
    }
  }
}
