import Foundation
public import PartitionPredicate

/// Where a data file went: the builds of one job that read it through one input.
public struct FileAccount: Hashable, Sendable {
  /// The job's name in `dovetail.yaml`.
  public let job: String
  /// The job's input.
  public let input: String
  /// The table that the input reads.
  public let table: String
  /// The file, relative to the table's location.
  public let file: ExactText
  /// Every build that read it, newest first; empty when none did.
  public let uses: [FileUse]

  /// Finds the inputs that a file belongs to, and the builds that read it.
  ///
  /// - Parameters:
  ///   - path: A full path, or one relative to the workspace, or one relative to a table's location.
  ///     Symbolic links are not followed.
  ///   - workspace: The workspace's folder, an absolute path.
  ///   - jobs: Those to look at.
  ///   - ledger: What was read.
  /// - Returns: One account a job's input whose table has the file, in the order of the jobs.
  /// - Throws: `FileAccountError` when no input's table contains the path, or what the ledger throws.
  public static func read(
    _ path: String, in workspace: String, jobs: [JobDefinition], ledger: any LedgerReader
  ) throws -> [FileAccount] {
    let full = FolderPath(path, in: workspace)
    let inputs = jobs.flatMap { job in job.inputs.map { (job, $0) } }
    let contained: [Place] = inputs.compactMap { job, input in
      full.relative(to: FolderPath(input.table.location, in: workspace))
        .map { (job, input, $0) }
    }
    if !contained.isEmpty { return try contained.map { try account($0, ledger) } }
    if let job = jobs.first(where: {
      full.relative(to: FolderPath($0.output.location, in: workspace)) != nil
    }) {
      throw FileAccountError.published(path: path, job: job.name)
    }
    let relative: [Place] = inputs.compactMap { job, input in
      let file = FolderPath(path, in: "/")
      guard !path.exact.begins(with: "/"), file.isFile(of: input.table) else { return nil }
      return (job, input, file.text)
    }
    guard !relative.isEmpty else {
      throw FileAccountError.noTable(
        path: path, locations: inputs.map(\.1.table.declaredLocation).unique())
    }
    let accounts = try relative.map { try account($0, ledger) }
    // A path such as `month=1/a.parquet` fits many tables: those where somebody read it are meant.
    let used = accounts.filter { !$0.uses.isEmpty }
    return used.isEmpty ? accounts : used
  }

  private typealias Place = (job: JobDefinition, input: JobInput, file: ExactText)

  private static func account(_ place: Place, _ ledger: any LedgerReader) throws -> FileAccount {
    FileAccount(
      job: place.job.name, input: place.input.name, table: place.input.table.name,
      file: place.file,
      uses: try ledger.uses(ofFile: place.file, job: place.job.name)
        .filter { $0.input == place.input.name })
  }
}

/// A path as a list of names, without `.`, `..` and empty ones.
private struct FolderPath {
  private var names: [ExactText] = []

  init(_ path: String, in folder: String) {
    let whole = path.exact.begins(with: "/") ? path.exact : "\(folder)/\(path)"
    for name in whole.parts(separatedBy: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
  }

  var text: ExactText { names.joined(separator: "/") }

  /// What follows a folder; nil when this lies outside of it.
  func relative(to folder: FolderPath) -> ExactText? {
    guard names.count > folder.names.count, names.starts(with: folder.names) else { return nil }
    return names.dropFirst(folder.names.count).joined(separator: "/")
  }

  /// Whether its folders are those of a table's partition keys.
  func isFile(of table: TableDefinition) -> Bool {
    guard names.count == table.keys.count + 1 else { return false }
    let folder = names.dropLast().joined(separator: "/")
    return (try? Partition(path: folder, keys: table.keys)) != nil
  }
}

extension [String] {
  /// The same texts in their order, each one once.
  fileprivate func unique() -> [String] {
    var seen: Set<ExactText> = []
    return filter { seen.insert($0.exact).inserted }
  }
}
