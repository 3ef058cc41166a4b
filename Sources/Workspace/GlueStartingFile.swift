import IncrementalJoin
import PartitionPredicate

/// The commented `dovetail.yaml` that `dovetail init --from-glue` begins with.
public struct GlueStartingFile {
  private let entries: [GlueEntry]

  /// Gives each table a unique name that an input can have.
  public init(_ tables: [DescribedTable]) { entries = GlueEntry.entries(of: tables) }

  /// The whole file.
  public var text: String {
    """
    # Dovetail workspace over tables of the Glue Data Catalog. Every key is explained in docs/guide/dovetail-yaml.md and
    # docs/guide/glue.md. Check this file with `dovetail status`. Dovetail keeps its ledger in .dovetail/ beside it; this file
    # belongs in version control, .dovetail/ does not.
    version: 1

    # Where the catalog is; by default what the environment and ~/.aws say. Credentials never stand here.
    # glue: { region: eu-central-1, profile: etl, catalog: "123456789012" }

    # Keys, types, format, columns and location are the catalog's, and are asked for again by every command.
    tables:
    \(entries.flatMap { $0.lines(indent: 2) }.joined(separator: "\n"))

    # The jobs. Each keeps one joined table up to date.
    jobs:
    \(job)

    """
  }

  /// A job over the first two tables for the user to edit; none of it is certain.
  private var job: String {
    guard entries.count > 1 else {
      return """
          # Name a second table, or another job, and join the two:
          # joined:
          #   inputs: [\(entries.first?.name ?? "a"), other]
          #   join: { type: left, on: [id] }
          #   output: { location: "s3://bucket/joined" }
        """
    }
    let (first, second) = (entries[0], entries[1])
    let others = second.table.description.columns?.map(\.name) ?? []
    let common = (first.table.description.columns ?? []).map(\.name)
      .filter { name in others.contains { $0.isSameName(as: name) } }
    return """
        # \(first.name)_\(second.name):
        #   inputs: [\(first.name), \(second.name)]
        #   join:
        #     type: left                  # inner, left, right or full
        #     on: [\((common.isEmpty ? ["id"] : common).map(\.yaml).joined(separator: ", "))]  # columns of both tables
        #   output:
        #     location: "s3://bucket/\(first.name)_\(second.name)"  # a place of its own, outside every table
      """
  }
}
