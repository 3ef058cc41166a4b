public import IncrementalJoin
import PartitionPredicate

/// A `dovetail.yaml` that was read, before the catalog is asked about its tables.
public struct WorkspaceFile: Sendable {
  private let source: SourceText
  private let folder: String
  private let reader: DeclarationReader

  /// What a catalog says about a table, or a sentence saying why the table cannot be read.
  public enum Answer: Sendable {
    case table(TableDescription)
    case refused(String)
  }

  /// Reads the file in a folder.
  ///
  /// - Throws: `WorkspaceError.notFound` when the folder has no such file, `.unreadable` when the system refuses to read it,
  ///   `.invalid` when it is not UTF-8.
  public init(in folder: String) throws(WorkspaceError) {
    let folder = DeclaredLocation.absolute(folder, in: DeclaredLocation.currentFolder)
    let path = DeclaredLocation.absolute(Workspace.fileName, in: folder)
    self.init(source: try SourceText(path: path), folder: folder)
  }

  /// Reads a text as the file in a folder, an absolute path.
  init(source: SourceText, folder: String) {
    self.folder = folder
    self.source = source
    var reader = DeclarationReader(source: source, folder: folder)
    reader.read()
    self.reader = reader
  }

  /// Composes the lines that declare tables of the catalog in the file; nothing is written.
  ///
  /// - Throws: `WorkspaceError.notAdded` when one of them is declared already, or the file's `tables:` cannot be extended
  ///   by lines, which the error then has; `.invalid` when the file is not YAML.
  public func adding(_ tables: [DescribedTable]) throws(WorkspaceError) -> TableAddition {
    try TableAddition(of: tables, to: source, in: folder, declared: reader)
  }

  /// Whether a file is there with the text that was read.
  public var isCurrent: Bool {
    let path = DeclaredLocation.absolute(Workspace.fileName, in: folder)
    return (try? SourceText(path: path))?.text.exact == source.text.exact
  }

  /// The catalog that `glue:` declares.
  public var glue: GlueDefinition { reader.glue }

  /// The names of the file's tables in the catalog, each once, except job outputs, which the job describes.
  public var catalogNames: Set<CatalogName> {
    Set(reader.tables.compactMap(\.catalog)).subtracting(reader.jobs.compactMap(\.catalog?.value))
  }

  /// Validates the file.
  ///
  /// - Parameter answers: What the catalog says, by each of `catalogNames`.
  /// - Returns: The workspace.
  /// - Throws: `WorkspaceError.invalid` with every mistake of the file.
  public func workspace(
    _ answers: [CatalogName: Answer] = [:]
  ) throws(WorkspaceError) -> Workspace {
    var answers = answers
    var validation = Validation(reader: read(answers))
    // A job's output is described by the job, once it is known what the job reads.
    let outputs = Set(reader.tables.compactMap(\.catalog)).subtracting(catalogNames)
    while true {
      let said = validation.outputs().filter { outputs.contains($0.key) && answers[$0.key] == nil }
      if said.isEmpty { return try validation.workspace() }
      answers.merge(said.mapValues { .table($0) }) { first, _ in first }
      validation = Validation(reader: read(answers))
    }
  }

  private func read(_ answers: [CatalogName: Answer]) -> DeclarationReader {
    if answers.isEmpty { return reader }
    var reader = DeclarationReader(source: source, folder: folder, answers: answers)
    reader.read()
    return reader
  }
}
