import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a well-formed XML document is made of.
final class DocumentReader: NSObject, XMLParserDelegate {
  private(set) var elements: Set<String> = []
  private(set) var attributes: Set<String> = []
  /// The texts of the elements `title`.
  private(set) var titles: [String] = []
  /// Why it is not well-formed.
  private(set) var failure: String?
  private var isTitle = false

  /// Reads a document; false for one that is not well-formed.
  func read(_ text: String) -> Bool {
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    let isWhole = parser.parse()
    if !isWhole {
      failure =
        "line \(parser.lineNumber), column \(parser.columnNumber): \(parser.parserError as Any)"
    }
    return isWhole
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.insert(name)
    self.attributes.formUnion(attributes.keys)
    isTitle = name == "title"
    if isTitle { titles.append("") }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if isTitle { titles[titles.count - 1] += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    isTitle = false
  }
}
