import IncrementalJoin
import PartitionPredicate
import Yams

extension SourceText {
  /// Parses the YAML.
  ///
  /// Yams gives up at the first mapping with a duplicate key, and names only the first position. To find all mistakes
  /// at once, the first occurrence is parsed again under another name of the same length, and gets its name back when
  /// it is read.
  ///
  /// - Returns: nil when the document is empty.
  /// - Throws: `WorkspaceError.invalid` with the single mistake that stops everything after it from being read.
  func compose() throws(WorkspaceError) -> YAMLValue? {
    var disguised = lines.map { Array($0.unicodeScalars) }
    var names: [Position: String] = [:]
    var yaml = text
    while true {
      do {
        // Without rules, every scalar stays the text that was written.
        guard let root = try Yams.compose(yaml: yaml, .basic) else { return nil }
        return YAMLValue(node: root, names: names)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let position = Position(line: context.mark.line, column: context.mark.column)
        let name = keys.first ?? ""
        let failure = WorkspaceError.invalid(
          [mistake(.duplicate(.key, name, first: name, line: position.line), at: position)],
          more: 0)
        guard names[position] == nil, names.count < 100,
          let place = place(of: name, at: position),
          let substitute = Unicode.Scalar(UInt32(0xE000 + names.count))
        else { throw failure }
        names[position] = name
        disguised[position.line - 1][place] = substitute
        yaml = disguised.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
      } catch let error as YamlError {
        throw .invalid([syntaxMistake(error)], more: 0)
      } catch {
        throw .invalid([mistake(Self.unnamed("\(error)"), at: .start)], more: 0)
      }
    }
  }

  /// The index within its line of a key's first character, after an opening quote.
  private func place(of name: String, at position: Position) -> Int? {
    guard lines.indices.contains(position.line - 1) else { return nil }
    let line = Array(lines[position.line - 1].unicodeScalars)
    var index = position.column - 1
    guard line.indices.contains(index) else { return nil }
    if line[index] == "\"" || line[index] == "'" { index += 1 }
    guard line.indices.contains(index), line[index] == name.unicodeScalars.first else { return nil }
    return index
  }

  private func syntaxMistake(_ error: YamlError) -> Mistake {
    switch error {
    case .composer(_?, _, let mark, _):
      // This is the composer's only mistake that has a context.
      return mistake(.secondDocument, at: Position(line: mark.line, column: mark.column))
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let position = min(Position(line: mark.line, column: mark.column), end)
      let line = lines[position.line - 1]
      let next = line.unicodeScalars.dropFirst(position.column - 1).first
      if next == "\t" { return mistake(.tab, at: position) }
      if let kind = Self.unquoted(next, in: line, at: position, problem) {
        return mistake(kind, at: position)
      }
      // The library's sentence is about its own settings.
      if problem.exact.contains(text: "nesting level") {
        return mistake(Self.unnamed("brackets are nested too deeply"), at: position)
      }
      return mistake(
        .syntax(problem: problem, context: context?.text, began: context?.mark.line),
        at: position)
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let read = Self.lines(of: String(before))
      let position = Position(
        line: read.count, column: (read.last?.unicodeScalars.count ?? 0) + 1)
      return mistake(Self.unnamed(problem), at: position)
    default:
      return mistake(Self.unnamed("\(error)"), at: .start)
    }
  }

  /// The mistake of a text that YAML accepts only in quotes: one that begins with `%`, or a lone mark such as the comma
  /// of `decimal: ,`; nil for any other mistake.
  private static func unquoted(
    _ next: Unicode.Scalar?, in line: String, at position: Position, _ problem: String
  ) -> Mistake.Kind? {
    guard let next else { return nil }
    if "%@`".unicodeScalars.contains(next), problem.exact.contains(text: "start any token") {
      return .needsQuotes(String(next), alone: false)
    }
    let before = line.unicodeScalars.prefix(position.column - 1).last { $0 != " " }
    let after = line.unicodeScalars.dropFirst(position.column)
    guard ",:-".unicodeScalars.contains(next), before == ":", after.allSatisfy({ $0 == " " }) else {
      return nil
    }
    return .needsQuotes(String(next), alone: true)
  }

  /// The position after the last text, the best one for a bracket that is never closed.
  private var end: Position {
    let last = lines.lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? 0
    return Position(line: last + 1, column: lines[last].unicodeScalars.count + 1)
  }

  private static func unnamed(_ problem: String) -> Mistake.Kind {
    .syntax(problem: problem, context: nil, began: nil)
  }
}
