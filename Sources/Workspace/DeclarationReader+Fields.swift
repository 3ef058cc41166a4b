import IncrementalJoin
import PartitionPredicate

/// A key of a mapping with its value.
struct DeclaredField {
  let name: String
  let namePosition: Position
  let value: YAMLValue
  let role: Mistake.Role

  /// Where to point for a mistake in the value; a missing value has no position of its own.
  var position: Position { value.kind == .nothing ? namePosition : value.position }
}

extension DeclarationReader {
  /// Reads a mapping whose keys are known, and reports unknown, duplicate and missing ones.
  mutating func fields(
    of field: DeclaredField, in section: Mistake.Section, at owner: Position, required: [String],
    optional: [String]
  ) -> [String: DeclaredField]? {
    guard check(field, is: [.mapping]) else { return nil }
    let allowed = required + optional
    var fields: [String: DeclaredField] = [:]
    var suggested: Set<String> = []  // characters: all of them are our own words
    for (key, value) in field.value.pairs {
      // One key is called null, which YAML reads as nothing.
      let nothing = key.plainNull.flatMap { allowed.contains($0.exact.lowercased.text) ? $0 : nil }
      guard let name = key.text ?? nothing else {
        report(.keyNotText(of: field.name), at: key.position)
        continue
      }
      if let first = fields[name] {
        report(
          .duplicate(.key, name, first: name, line: first.namePosition.line), at: key.position)
      } else if allowed.contains(name) {
        fields[name] = DeclaredField(
          name: name, namePosition: key.position, value: value, role: .format(section))
      } else {
        let near = NearName.of(name, in: allowed)
        report(.unknownKey(name, in: section, near: near, allowed: allowed), at: key.position)
        if let near { suggested.insert(near) }
      }
    }
    // A misspelled key must not be reported as missing too.
    for name in required where fields[name] == nil && !suggested.contains(name) {
      report(.missingKey(name, in: section), at: owner)
    }
    return fields
  }

  /// Reads a mapping whose keys are the user's names, and reports duplicates, ignoring case.
  mutating func entries(of field: DeclaredField?, naming noun: Mistake.Noun) -> [DeclaredField] {
    guard let field, check(field, is: [.mapping]) else { return [] }
    let pairs = field.value.pairs
    if pairs.isEmpty && noun != .job {
      report(.empty(key: field.name, field.role), at: field.position)
    }
    let cuts = CommaCut.all(in: pairs)
    for cut in cuts { report(.cutAtComma(cut.text), at: cut.position) }
    var entries: [DeclaredField] = []
    for (index, (key, value)) in pairs.enumerated() {
      guard !cuts.contains(where: { $0.indices.contains(index) }) else { continue }
      guard let name = key.text else {
        report(.keyNotText(of: field.name), at: key.position)
        continue
      }
      let entry = DeclaredField(
        name: name, namePosition: key.position, value: value, role: .name(of: noun))
      guard !isMisindented(entry, as: noun) else {
        report(.misindented(name, noun), at: key.position)
        continue
      }
      guard accept(Located(name, at: key.position), as: noun, after: entries.map(\.located)) else {
        continue
      }
      entries.append(entry)
    }
    return entries
  }

  /// Reads a list of names, and reports an empty list and duplicate names, ignoring case.
  mutating func names(of field: DeclaredField, naming noun: Mistake.Noun) -> [Located<String>]? {
    guard check(field, is: [.list]), let items = texts(of: field) else { return nil }
    if items.isEmpty { report(.empty(key: field.name, field.role), at: field.position) }
    var names: [Located<String>] = []
    for item in items where accept(item, as: noun, after: names) { names.append(item) }
    return names.isEmpty ? nil : names
  }

  /// The texts of a list.
  mutating func texts(of field: DeclaredField) -> [Located<String>]? {
    guard check(field, is: [.list]) else { return nil }
    var texts: [Located<String>] = []
    for item in field.value.items {
      guard let text = item.text else {
        report(.wrongItem(key: field.name, field.role, found: item.kind), at: item.position)
        return nil
      }
      texts.append(Located(text, at: item.position))
    }
    return texts
  }

  /// The text of a field; nil when the field is missing or not text.
  mutating func text(of field: DeclaredField?) -> Located<String>? {
    guard let field, check(field, is: [.text]), let text = field.value.text else { return nil }
    return Located(text, at: field.position)
  }

  /// A text that must be one of a fixed set of words.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    of field: DeclaredField?, default standard: Word, noun: String
  ) -> Word? {
    guard let field else { return standard }
    guard let text = text(of: field) else { return nil }
    let allowed = Word.allCases.map(\.rawValue)
    guard let word = Word(rawValue: text.value) else {
      report(
        .unknownWord(
          key: noun, text.value, near: NearName.of(text.value, in: allowed), allowed: allowed),
        at: text.position)
      return nil
    }
    return word
  }

  mutating func location(of field: DeclaredField?, isOutput: Bool = false) -> Located<
    DeclaredLocation
  >? {
    guard let text = text(of: field) else { return nil }
    let problem: Mistake.LocationProblem? =
      if let place = ObjectLocation(text.value) {
        place.problem(isOutput: isOutput)
      } else if text.value.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
        .empty
      } else if text.value == "~" || text.value.exact.begins(with: "~/") {
        .home
      } else if text.value.utf8.first == UInt8(ascii: "$") {
        .variable
      } else if text.value.exact.contains(text: "://") {
        .remote
      } else if text.value.exact.contains(text: "\0") {
        .zeroByte
      } else {
        nil
      }
    if let problem {
      report(.badLocation(text.value, problem), at: text.position)
      return nil
    }
    return Located(DeclaredLocation(text.value, in: folder), at: text.position)
  }

  mutating func check(_ field: DeclaredField, is kinds: [Mistake.NodeKind]) -> Bool {
    let found = field.value.kind
    guard !kinds.contains(found) else { return true }
    report(
      .wrongNodeKind(key: field.name, field.role, expected: kinds, found: found), at: field.position
    )
    return false
  }

  /// Whether a key of tables or jobs stands where the name of one belongs.
  private func isMisindented(_ entry: DeclaredField, as noun: Mistake.Noun) -> Bool {
    guard let known = Self.keys(of: noun), known.contains(entry.name) else { return false }
    return !entry.value.pairs.contains { pair in pair.key.text.map(known.contains) ?? false }
  }

  /// The keys that a table or job may have; nil for other named things.
  private static func keys(of noun: Mistake.Noun) -> [String]? {
    switch noun {
    case .table: tableKeys.required + tableKeys.optional
    case .job: jobKeys.required + jobKeys.optional
    default: nil
    }
  }

  /// Whether a name does not conflict with earlier ones; reports it if it does.
  mutating func accept(
    _ name: Located<String>, as noun: Mistake.Noun, after earlier: [Located<String>]
  ) -> Bool {
    if let first = earlier.first(where: { $0.value.isSameName(as: name.value) }) {
      report(
        .duplicate(noun, name.value, first: first.value, line: first.position.line),
        at: name.position)
      return false
    }
    guard noun.accepts(name.value) else {
      report(.badName(noun, name.value), at: name.position)
      return false
    }
    return true
  }
}

extension DeclaredField {
  /// Whether it is `[]`.
  var isEmptyList: Bool { value.kind == .list && value.items.isEmpty }

  /// Whether it is `[]` or `{}`.
  var isEmptyCollection: Bool {
    isEmptyList || value.kind == .mapping && value.pairs.isEmpty
  }

  /// Whether it is the word `none`.
  var isNone: Bool { value.text?.exact == "none".exact }

  var located: Located<String> { Located(name, at: namePosition) }
}

extension Mistake.Noun {
  /// Names of tables, jobs and inputs are used in SQL and for folders; columns are named by others.
  fileprivate func accepts(_ name: String) -> Bool {
    switch self {
    case .table, .job, .input:
      name.first?.isWholeNumber == false
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isWholeNumber || $0 == "_") }
    default: !name.isEmpty && !name.exact.contains(text: "\0")
    }
  }
}
