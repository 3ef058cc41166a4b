import Foundation
import PartitionPredicate
import Testing

/// Finds the next place that compares or scans text by what readers see, where it must go by bytes.
@Suite("Sources compare and scan text by its bytes")
struct TextScanTests {
  /// Where text is drawn for people or typed by them, characters are right.
  private static let left = [
    "Cells/", "Terminal/", "Console/", "Reports/", "Wording/",
    "PartitionPredicate/Partitions/ExactText.swift",
  ]

  /// What goes by characters or by canonical equivalence, and what to write instead.
  private static var rules: [(found: Regex<AnyRegexOutput>, instead: String)] {
    [
      (
        Regex(/\.(lowercased|uppercased)\(\)/),
        "`text.exact.lowercased` or `isSameName(as:)`, which fold A to Z only"
      ),
      (Regex(/\.hasPrefix\(/), "`text.exact.begins(with:)`"),
      (Regex(/\.hasSuffix\(/), "`text.exact.ends(with:)`"),
      (
        Regex(/\.(contains|starts\(with:|firstRange\(of:|ranges\(of:) ?\(?"/),
        "the methods of `text.exact`"
      ),
      (Regex(/\.split\(separator: "/), "`text.exact.parts(separatedBy:)`"),
      (
        Regex(/\.replacing\("|replacingOccurrences|components\(separatedBy/),
        "the methods of `text.exact`"
      ),
      (Regex(/\.(firstIndex|lastIndex)\(of: "/), "`text.unicodeScalars`"),
      (
        Regex(
          /localizedCompare|caseInsensitive|CanonicalMapping|CompatibilityMapping|fileSystemRepresentation/
        ), "bytes"
      ),
      (Regex(/\bCharacter\b/), "`Unicode.Scalar`"),
      (Regex(/Set<String>|Dictionary<String/), "`Set<ExactText>`"),
      (Regex(/\[String: (?!Any\])/), "`[ExactText: ...]`"),
    ]
  }

  /// Whatever a rule finds has one of these in it, and most lines have none.
  private static let hints = [
    "ercased()", "hasPrefix(", "hasSuffix(", "contains", "starts(with:", "anges(of:", "Range(of:",
    "split(", "replacing",
    "components(", "localized", "caseIns", "Mapping", "Representation", "Index(of:", "Character",
    "<String", "[String:",
  ]

  private static func mayBeFound(in line: Substring) -> Bool {
    String(line).withCString { text in hints.contains { strstr(text, $0) != nil } }
  }

  /// Maps by the names of tables, jobs and inputs, which are ASCII letters, digits and underscores, by what
  /// they hold; other such places say `// characters: why` in their line or above it.
  private static let byName = [
    "VersionReference", "PartitionVersion", "[String: VersionReference]", "[Column]", "SeenColumns",
    "SourceDescription", "[String]", "DeclaredField",
  ]

  static func findings(in source: String) -> [String] {
    let rules = rules
    var findings: [String] = []
    var above = ""
    for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      defer { above = String(line) }
      guard mayBeFound(in: line) else { continue }
      let text = line.drop { $0 == " " }
      if text.hasPrefix("//") || line.contains("// characters: ")
        || above.contains("// characters: ")
      {
        continue
      }
      // A view of scalars is scanned by them.
      let scanned = line.replacing(
        /[sS]calars\.(contains|firstIndex|lastIndex)\(|case \.contains\(/, with: "")
      let code = byName.reduce(String(scanned)) { $0.replacing("[String: \($1)]", with: "") }
      for (found, instead) in rules where code.contains(found) {
        findings.append("line \(index + 1): \(text): write \(instead)")
      }
    }
    return findings
  }

  @Test("no source does so without saying why")
  func sources() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../Sources").standardized.path
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") && !Self.left.contains(where: $0.hasPrefix) }
    #expect(files.count > 300)
    for file in files.sorted() {
      let source = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      for finding in Self.findings(in: source) { Issue.record("Sources/\(file), \(finding)") }
    }
  }

  @Test(
    "planted examples are found",
    arguments: [
      "let isSame = left.lowercased() == right.lowercased()",
      "guard path.hasPrefix(\"/\") else { return }",
      "if name.contains(\"*\") { return }",
      "if name.starts(with: \"x\") { return }",
      "for part in path.split(separator: \"/\") {}",
      "return \"'\\(text.replacing(\"'\", with: \"''\"))'\"",
      "if let end = text.firstIndex(of: \"}\") {}",
      "private let separator: Character = \"/\"",
      "var seen: Set<String> = []",
      "var positions: [String: Position] = [:]",
      "let texts: [String: String] = [:]",
    ])
  func planted(_ line: String) {
    #expect(Self.findings(in: "\n  \(line)").map { $0.hasPrefix("line 2: ") } == [true])
    #expect(Self.findings(in: "  // characters: why\n  \(line)") == [])
    #expect(Self.findings(in: "  \(line)  // characters: why") == [])
  }

  @Test(
    "what goes by bytes is left alone",
    arguments: [
      "if text.exact.begins(with: \"/\") {}", "for part in path.parts(separatedBy: \"/\") {}",
      "if text.unicodeScalars.contains(\"*\") {}", "let tree = json as? [String: Any]",
      "public let inputs: [String: PartitionVersion]", "/// `[String: String]`",
      "var positions: [ExactText: Position] = [:]", "switch word.exact.lowercased {",
    ])
  func plain(_ line: String) {
    #expect(Self.findings(in: line) == [])
  }
}
