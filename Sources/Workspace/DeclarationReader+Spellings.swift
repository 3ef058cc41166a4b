import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// Reads the spellings of missing values, of true and of false.
  mutating func readSpellings(_ fields: [String: DeclaredField], into dialect: inout CSVDialect) {
    let missing = spellings(of: fields["null"])
    let (yes, no) = (spellings(of: fields["true"]), spellings(of: fields["false"]))
    for text in missing ?? [] {
      // A field that contains either would have to be quoted, or would be two fields.
      for (key, mark) in [("delimiter", dialect.delimiter), ("quote", dialect.quote)] {
        guard let mark, text.value.hasBytes(of: mark) else { continue }
        report(
          .csv(.contains(key: "null", text.value, other: key, mark)), at: text.position)
      }
    }
    if let missing { dialect.null = missing.map(\.value) }
    reportAmbiguous(yes ?? [], "true", among: ["false"], "false")
    reportAmbiguous(no ?? [], "false", among: ["true"] + (yes ?? []).map(\.value), "true")
    reportAmbiguous(yes ?? [], "true", among: dialect.null, "null")
    reportAmbiguous(no ?? [], "false", among: dialect.null, "null")
    dialect.`true` = (yes ?? []).map(\.value)
    dialect.`false` = (no ?? []).map(\.value)
  }

  /// Reports spellings that also mean something else.
  private mutating func reportAmbiguous(
    _ texts: [Located<String>], _ key: String, among others: [String], _ other: String
  ) {
    let taken = Set(others.map(\.exact.lowercased))
    for text in texts where taken.contains(text.value.exact.lowercased) {
      report(.csv(.ambiguous(text.value, key: key, other: other)), at: text.position)
    }
  }

  /// One text or a list of texts; nil when the field is missing or has a mistake.
  private mutating func spellings(of field: DeclaredField?) -> [Located<String>]? {
    guard let field else { return nil }
    let isList = field.value.kind == .list
    let values = isList ? field.value.items : [field.value]
    if values.isEmpty { report(.empty(key: field.name, field.role), at: field.position) }
    var texts: [Located<String>] = []
    for value in values {
      guard let text = value.text else {
        reportNoSpelling(value, of: field, inList: isList)
        return nil
      }
      if text.hasLineEndOrZero {
        report(.csv(.badSpelling(key: field.name, text)), at: value.position)
      }
      texts.append(Located(text, at: value.position))
    }
    return texts.isEmpty ? nil : texts
  }

  private mutating func reportNoSpelling(_ value: YAMLValue, of field: DeclaredField, inList: Bool)
  {
    if let word = value.plainNull, !word.isEmpty {
      report(.csv(.unquotedNull(word)), at: value.position)
    } else if inList {
      report(.wrongItem(key: field.name, field.role, found: value.kind), at: value.position)
    } else {
      _ = check(field, is: [.text, .list])
    }
  }
}
