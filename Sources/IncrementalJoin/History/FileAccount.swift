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
  ///   - path: An absolute path, or one relative to the workspace or to a table's location. Symbolic links are not
  ///     followed.
  ///   - workspace: The workspace's folder, an absolute path.
  ///   - jobs: The jobs to look at.
  ///   - ledger: What was read.
  /// - Returns: One account for each job's input whose table has the file, in the order of the jobs.
  /// - Throws: `FileAccountError` when no input's table contains the path, or what the ledger throws.
  public static func read(
    _ path: String, in workspace: String, jobs: [JobDefinition], ledger: any LedgerReader
  ) throws -> [FileAccount] {
    let full = Location(path, in: workspace)
    let inputs = jobs.flatMap { job in job.inputs.map { (job, $0) } }
    let contained: [Place] = inputs.compactMap { job, input in
      input.table.location.byName.path(to: full).map { (job, input, $0) }
    }
    if !contained.isEmpty { return try contained.map { try account($0, ledger) } }
    if let job = jobs.first(where: { $0.output.location.byName.path(to: full) != nil }) {
      throw FileAccountError.published(path: path, job: job.name)
    }
    let relative: [Place] = inputs.compactMap { job, input in
      guard !path.exact.begins(with: "/"),
        let file = Location("/").path(to: Location(path, in: "/")), input.table.holds(file)
      else { return nil }
      return (job, input, file)
    }
    guard !relative.isEmpty else {
      throw FileAccountError.noTable(
        path: path, locations: inputs.map(\.1.table.declaredLocation).unique())
    }
    let accounts = try relative.map { try account($0, ledger) }
    // A path such as `month=1/a.parquet` fits many tables; take those for which it was read.
    let used = accounts.filter { !$0.uses.isEmpty }
    return used.isEmpty ? accounts : used
  }

  private typealias Place = (job: JobDefinition, input: JobInput, file: ExactText)

  private static func account(_ place: Place, _ ledger: any LedgerReader) throws -> FileAccount {
    FileAccount(
      job: place.job.name, input: place.input.name, table: place.input.table.name,
      file: place.file,
      uses: try ledger.uses(ofFile: place.file, job: place.job.name, keys: place.job.output.keys)
        .filter { $0.input == place.input.name })
  }
}

extension Location {
  /// The location without `..`, as paths are compared here: by their names, whatever the links are.
  fileprivate var byName: Location {
    Location(scheme: scheme, root: Location(root.text, in: "/").root)
  }
}

extension TableDefinition {
  /// Whether the folders of a path are those of the table's partition keys.
  fileprivate func holds(_ file: ExactText) -> Bool {
    let names = file.parts(separatedBy: "/")
    guard names.count == keys.count + 1 else { return false }
    let folder = names.dropLast().joined(separator: "/")
    return (try? Partition(path: folder, keys: keys)) != nil
  }
}

extension [String] {
  /// The same texts in order, each one once.
  fileprivate func unique() -> [String] {
    var seen: Set<ExactText> = []
    return filter { seen.insert($0.exact).inserted }
  }
}
