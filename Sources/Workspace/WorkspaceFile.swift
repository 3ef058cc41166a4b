public import IncrementalJoin

/// A `dovetail.yaml` that was read, before what only a catalog knows of its tables is asked for.
public struct WorkspaceFile: Sendable {
  private let source: SourceText
  private let folder: String
  private let reader: DeclarationReader

  /// What a catalog says of a table, or in a sentence why the table cannot be read.
  public enum Answer: Sendable {
    case table(TableDescription)
    case refused(String)
  }

  /// Reads the file of a folder.
  ///
  /// - Throws: `WorkspaceError.notFound` when the folder has no such file, `.unreadable` when the system refuses to read it,
  ///   `.invalid` when it is not UTF-8.
  public init(in folder: String) throws(WorkspaceError) {
    self.folder = DeclaredLocation.absolute(folder, in: DeclaredLocation.currentFolder)
    source = try SourceText(path: DeclaredLocation.absolute(Workspace.fileName, in: self.folder))
    var reader = DeclarationReader(source: source, folder: self.folder)
    reader.read()
    self.reader = reader
  }

  /// The catalog that `glue:` declares.
  public var glue: GlueDefinition { reader.glue }

  /// What tables of the file are called in the catalog, each once; of a job's output the job says what it is.
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
    // Of a job's output the job says what it is, once it is known what the job reads.
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
