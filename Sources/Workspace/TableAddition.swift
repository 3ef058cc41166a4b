public import IncrementalJoin
import PartitionPredicate

/// Tables of the Glue Data Catalog as lines that are to be added to a `dovetail.yaml`, in which nothing else changes.
public struct TableAddition: Sendable {
  /// The path of the file.
  public let path: String
  /// The name of each table in the file, with its name in the catalog.
  public let tables: [(name: String, glue: CatalogName)]
  /// The lines, without line ends.
  public let lines: [String]
  /// The number of the first of them in the file, counted from 1.
  public let firstLine: Int
  /// The file as it would be.
  public let result: WorkspaceFile
  private let before: SourceText
  private let after: SourceText

  /// What tells it from every other addition to any text.
  public var id: String { SHA256.hash("\(path)\n\(firstLine)\n\(after.text)") }

  /// Composes the lines.
  ///
  /// - Throws: `WorkspaceError.notAdded`, or `.invalid` when the file is not YAML.
  init(
    of tables: [DescribedTable], to source: SourceText, in folder: String,
    declared: DeclarationReader
  ) throws(WorkspaceError) {
    for table in tables {
      guard let known = declared.tables.first(where: { $0.catalog == table.asked }) else {
        continue
      }
      throw .notAdded(
        .declared(table.asked, name: known.name.value, line: known.name.position.line))
    }
    let root = try source.compose()
    let entries = GlueEntry.entries(
      of: tables, besides: declared.tables.map(\.name.value) + declared.jobs.map(\.name.value))
    let place = TablePlace(in: source, root)
    let added = entries.flatMap { $0.lines(indent: place?.indent ?? 2) }
    let refusal = WorkspaceError.notAdded(
      .notLineByLine(
        file: source.file,
        line: root?.pairs.first { $0.key.text?.exact == "tables" }?.key.position.line, added))
    guard let place else { throw refusal }
    lines = place.heading + added
    after = SourceText(Self.text(of: source, with: lines, at: place.line), insteadOf: source)
    guard let changed = try? after.compose(),
      Self.adds(entries, to: root, giving: changed)
    else { throw refusal }
    self.tables = entries.map { ($0.name, $0.table.asked) }
    path = DeclaredLocation.absolute(Workspace.fileName, in: folder)
    firstLine = place.line + 1
    before = source
    result = WorkspaceFile(source: after, folder: folder)
  }

  /// The text with lines added behind as many of its own, with the line ends that it has there.
  private static func text(of source: SourceText, with added: [String], at line: Int) -> String {
    let breaks = source.breaks
    let end =
      [line > 0 ? breaks[line - 1] : "", breaks[0]].first { !$0.isEmpty } ?? "\n"
    let whole = zip(source.lines, breaks).map { $0 + $1 }
    let head = whole[..<line].joined() + (line > 0 && breaks[line - 1].isEmpty ? end : "")
    return head + added.map { $0 + end }.joined() + whole[line...].joined()
  }

  /// Whether a document is another one with entries added behind its tables, and the same in everything else.
  private static func adds(
    _ entries: [GlueEntry], to before: YAMLValue?, giving after: YAMLValue
  ) -> Bool {
    let (old, new) = (parts(of: before), parts(of: after))
    let count = old.tables.count
    guard areSame(old.rest, new.rest), areSame(old.tables, Array(new.tables.prefix(count))) else {
      return false
    }
    return new.tables.dropFirst(count).elementsEqual(entries) { added, entry in
      added.key.text?.exact == entry.name.exact
        && added.value.pairs.map { $0.key.text?.exact } == ["glue"]
        && added.value.pairs.map { $0.value.text?.exact } == ["\(entry.table.asked)".exact]
    }
  }

  private typealias Pairs = [(key: YAMLValue, value: YAMLValue)]

  /// The tables of a document, and its other keys.
  private static func parts(of root: YAMLValue?) -> (tables: Pairs, rest: Pairs) {
    let pairs = root?.pairs ?? []
    let tables = pairs.first { $0.key.text?.exact == "tables" }
    return (tables?.value.pairs ?? [], pairs.filter { $0.key.text?.exact != "tables" })
  }

  private static func areSame(_ left: Pairs, _ right: Pairs) -> Bool {
    left.elementsEqual(right) { $0.key.isSame(as: $1.key) && $0.value.isSame(as: $1.value) }
  }
}

extension TableAddition {
  /// Checks that the file could be used with the lines.
  ///
  /// - Parameter answers: What the catalog says, by each of `result.catalogNames`.
  /// - Throws: `WorkspaceError.notAdded` with the mistakes that the file would have.
  public func check(_ answers: [CatalogName: WorkspaceFile.Answer]) throws(WorkspaceError) {
    do throws(WorkspaceError) {
      _ = try result.workspace(answers)
    } catch {
      throw .notAdded(.unusable("\(error)"))
    }
  }

  /// Writes the file, all of it or nothing; its permissions stay, and so does a link that leads to it.
  ///
  /// - Throws: `WorkspaceError.notAdded` when the file has changed since the lines were composed, `.unwritable` when the
  ///   system refuses; the file is then as it was.
  public func write() throws(WorkspaceError) {
    guard let now = try? SourceText(path: path), now.text.exact == before.text.exact,
      now.mark.isEmpty == before.mark.isEmpty
    else { throw .notAdded(.changed) }
    try after.write(over: path)
  }
}

extension TableAddition: CustomStringConvertible {
  /// What was added, as a sentence.
  public var description: String {
    let last = firstLine + lines.count - 1
    return "Added \(tables.map(\.name).listed) to \(path.printable), lines \(firstLine) to \(last)."
  }
}
