import Wording

/// A piece of an XML document, or of an HTML document that is well-formed XML, in which text is always escaped.
struct Markup: Sendable {
  private(set) var text = ""

  init(_ build: (inout Markup) -> Void = { _ in }) { build(&self) }

  /// Adds an element without content, such as `<rect/>`.
  mutating func leaf(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:])
  {
    open(name, attributes)
    text += "/>"
  }

  /// Adds an element with the content that the closure adds to it.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ build: (inout Markup) -> Void
  ) {
    open(name, attributes)
    text += ">"
    build(&self)
    text += "</\(name)>"
  }

  /// Adds an element with text.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
  ) {
    element(name, attributes) { $0.add(text) }
  }

  /// Adds text.
  ///
  /// Whatever could steer a terminal, or hide, is made visible: XML has no place for most of it.
  mutating func add(_ text: String) { self.text += Self.escaped(text) }

  /// Adds a piece.
  mutating func add(_ piece: Markup) { text += piece.text }

  /// Adds trusted markup verbatim: a style sheet.
  mutating func add(verbatim text: StaticString) { self.text += "\(text)" }

  /// Begins a new line in the document's source, which is not rendered.
  mutating func newLine() { text += "\n" }

  private mutating func open(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.sanitized.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

/// A picture with a size in pixels, to be put into a document.
struct Picture: Sendable {
  let width: Int
  let height: Int
  /// What a screen reader says instead.
  let label: String
  let body: Markup
}
