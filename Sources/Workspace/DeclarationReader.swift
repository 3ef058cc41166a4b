import IncrementalJoin
import PartitionPredicate

/// The first pass over the file: its kind, keys, words and numbers, each by itself.
struct DeclarationReader {
  let source: SourceText
  let folder: String
  /// What the catalog says about the tables that are read through it, as far as it was queried.
  let answers: [CatalogName: WorkspaceFile.Answer]
  private(set) var tables: [TableDeclaration] = []
  private(set) var jobs: [JobDeclaration] = []
  private(set) var hooks = Hooks()
  private(set) var stores: [ObjectStoreDefinition] = []
  private(set) var glue = GlueDefinition()
  private(set) var ledger: Located<DeclaredLocation>?
  private(set) var mistakes: [Mistake] = []
  /// Set when the YAML could not be parsed, so nothing else is known.
  private(set) var failure: WorkspaceError?

  init(source: SourceText, folder: String, answers: [CatalogName: WorkspaceFile.Answer] = [:]) {
    self.answers = answers
    self.source = source
    self.folder = folder
  }

  mutating func report(_ kind: Mistake.Kind, at position: Position) {
    mistakes.append(source.mistake(kind, at: position))
  }

  mutating func read() {
    do throws(WorkspaceError) {
      guard let root = try source.compose(), root.kind != .nothing else {
        return report(.missingKey("tables", in: .file), at: .start)
      }
      read(root)
    } catch {
      failure = error
    }
  }

  private mutating func read(_ root: YAMLValue) {
    let file = DeclaredField(
      name: Workspace.fileName, namePosition: .start, value: root, role: .format(.file))
    guard
      let fields = fields(
        of: file, in: .file, at: .start, required: ["tables"],
        optional: ["version", "stores", "glue", "ledger", "jobs", "hooks"])
    else { return }
    if let version = text(of: fields["version"]), version.value != "1" {
      report(.unknownVersion(version.value), at: version.position)
    }
    hooks = hooks(of: fields["hooks"])
    stores = stores(of: fields["stores"])
    glue = glue(of: fields["glue"])
    ledger = ledger(of: fields["ledger"])
    for entry in entries(of: fields["tables"], naming: .table) {
      let table = self.table(entry)
      tables.append(table)
    }
    // `jobs:` with an empty value is what remains when all jobs are commented out.
    guard let jobsField = fields["jobs"], jobsField.value.kind != .nothing else { return }
    for entry in entries(of: jobsField, naming: .job) {
      if let table = tables.first(where: { $0.name.value.isSameName(as: entry.name) }) {
        report(
          .nameOfTable(entry.name, line: table.name.position.line), at: entry.namePosition)
      }
      let job = self.job(entry)
      jobs.append(job)
    }
  }
}
