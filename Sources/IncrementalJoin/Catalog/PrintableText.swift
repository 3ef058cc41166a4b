package extension String {
  /// The text with everything that could steer a terminal, or disguise the text, written as its
  /// code: texts of a file may be anything.
  var printable: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// The text in quotes, printable, and cut where it is long.
  var quoted: String {
    count > 60 ? "\"\(String(prefix(57)).printable)...\"" : "\"\(printable)\""
  }
}

package extension [String] {
  /// `a`, `a and b`, `a, b and c`.
  var listed: String { joined(before: "and") }

  /// `a`, `a or b`, `a, b or c`.
  var alternatives: String { joined(before: "or") }

  private func joined(before word: String) -> String {
    guard let last, count > 1 else { return first?.printable ?? "" }
    return dropLast().map(\.printable).joined(separator: ", ") + " \(word) \(last.printable)"
  }
}
