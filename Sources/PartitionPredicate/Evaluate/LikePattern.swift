/// A pattern of LIKE: `_` is one code point, `%` any number of them.
struct LikePattern: Sendable {
  private enum Part: Equatable {
    case one
    case any
    case scalar(Unicode.Scalar)
  }

  /// Why a text is not a pattern.
  enum Problem: Error, Equatable {
    case endsWithEscape
    /// The escape character stands before this one, which needs no escape.
    case escapes(Unicode.Scalar)
  }

  private let parts: [Part]

  /// Reads a pattern.
  ///
  /// - Throws: what Spark refuses: an escape character at the end, or before a character other than
  ///   `_`, `%` and itself.
  init(_ text: String, escape: Unicode.Scalar) throws(Problem) {
    var parts: [Part] = []
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      if scalar == escape {
        guard let escaped = scalars.next() else { throw .endsWithEscape }
        guard escaped == "_" || escaped == "%" || escaped == escape else {
          throw .escapes(escaped)
        }
        parts.append(.scalar(escaped))
      } else if scalar == "%" {
        if parts.last != .any { parts.append(.any) }
      } else {
        parts.append(scalar == "_" ? .one : .scalar(scalar))
      }
    }
    self.parts = parts
  }

  /// Whether the whole text matches; the time is at most text x pattern, without backtracking
  /// beyond the last `%`.
  func matches(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    var position = scalars.startIndex
    var part = 0
    var retry: (part: Int, position: String.Index)?
    while true {
      if part < parts.count, parts[part] == .any {
        part += 1
        if part == parts.count { return true }
        retry = (part, position)
      } else if part < parts.count, position < scalars.endIndex,
        parts[part] == .one || parts[part] == .scalar(scalars[position])
      {
        part += 1
        scalars.formIndex(after: &position)
      } else if part == parts.count, position == scalars.endIndex {
        return true
      } else if let last = retry, last.position < scalars.endIndex {
        let next = scalars.index(after: last.position)
        retry = (last.part, next)
        (part, position) = (last.part, next)
      } else {
        return false
      }
    }
  }

  /// Why a text is not a pattern of LIKE; nil when it is one.
  ///
  /// Spark refuses such a pattern when it runs. The binder asks this for literal patterns; any other
  /// bad pattern makes LIKE NULL.
  static func problem(_ pattern: String, escape: Unicode.Scalar) -> String? {
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
}
