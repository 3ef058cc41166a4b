import Foundation
import PartitionPredicate

/// What one section of a file of `~/.aws` sets, by the names in small letters.
///
/// What is indented below a name has both: `s3.endpoint_url`.
typealias ProfileSettings = [ExactText: String]

/// The sections of `~/.aws/config` or `~/.aws/credentials`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. Lines that say nothing are ignored, as the
/// tools of AWS do.
struct ProfileFile: Sendable {
  /// By what stands in the brackets, without quotes and with single blanks: `default`, `profile x`, `sso-session y`.
  private(set) var sections: [ExactText: ProfileSettings] = [:]

  /// Reads the text of a file.
  init(_ text: String) {
    var section: ExactText?
    // The name below which lines of more blanks are.
    var outer: (name: ExactText, indent: Int)?
    for line in text.exact.parts(separatedBy: "\n") {
      let content = Self.trimmed(line.text)
      guard let first = content.text.utf8.first, first != UInt8(ascii: "#"),
        first != UInt8(ascii: ";")
      else { continue }
      if first == UInt8(ascii: "[") {
        section = Self.header(content)
        outer = nil
        if let section { sections[section] = sections[section] ?? [:] }
        continue
      }
      guard let section, let (name, value) = Self.setting(content) else { continue }
      let indent = line.text.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        .count
      if let outer, indent > outer.indent {
        sections[section]?["\(outer.name).\(name)"] = value
      } else {
        sections[section]?[name] = value
        outer = (name, indent)
      }
    }
  }

  private static func header(_ line: ExactText) -> ExactText? {
    guard let end = line.range(ofFirst: "]") else { return nil }
    let words = line.text[..<end.lowerBound].dropFirst().exact.replacing(every: "\t", with: " ")
      .parts(separatedBy: " ")
    return words.joined(separator: " ").replacing(every: "\"", with: "")
      .replacing(every: "'", with: "")
  }

  private static func setting(_ line: ExactText) -> (name: ExactText, value: String)? {
    guard let sign = line.range(ofFirst: "=") else { return nil }
    var value = line.text[sign.upperBound...].exact
    for comment in [" #", " ;", "\t#", "\t;"] as [ExactText] {
      if let start = value.range(ofFirst: comment) { value = value.text[..<start.lowerBound].exact }
    }
    return (trimmed(line.text[..<sign.lowerBound]).lowercased, trimmed(value.text).text)
  }

  private static func trimmed(_ text: some StringProtocol) -> ExactText {
    text.trimmingCharacters(in: .whitespacesAndNewlines).exact
  }
}
