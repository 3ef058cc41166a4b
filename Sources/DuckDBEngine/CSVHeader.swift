/// The names in the first line of a CSV file: separated by commas, quoted with `"` where needed.
struct CSVHeader {
  let names: [String]

  /// Reads the line; nil when a quote is not closed.
  init?(line: String) {
    var names: [String] = []
    var name = ""
    var isQuoted = false
    var rest = line.unicodeScalars[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        name.unicodeScalars.append(scalar)
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        names.append(name)
        name = ""
      case "\r", "\n": continue
      default: name.unicodeScalars.append(scalar)
      }
    }
    guard !isQuoted else { return nil }
    self.names = names + [name]
  }
}
