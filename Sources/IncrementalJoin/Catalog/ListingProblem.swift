public import Foundation
public import PartitionPredicate
import Wording

/// Something that a listing found and could not count as data.
public struct ListingProblem: Hashable, Sendable {
  /// How much a problem matters.
  public enum Severity: String, Hashable, Sendable {
    /// Not data of the table, or data with something odd about it; reported only.
    case stray
    /// Data that no partition of the table can hold; runs go on without it and end with status 3.
    case misplaced
    /// A part of the table could not be seen; its jobs refuse to run.
    case incomplete
  }

  /// What was found.
  public enum Kind: Hashable, Sendable {
    /// A file whose name does not end as the table's format asks.
    case otherFormat(expected: DataFormat)
    /// A data file that is not below one folder for each partition key.
    case missingLevel(expected: [PartitionKey])
    /// A folder whose name is not `key=value` for the key of its level.
    case unexpectedFolder(key: PartitionKey)
    /// A folder below the last partition key.
    case nestedFolder
    /// A folder whose value is not of its key's type.
    case wrongType(key: PartitionKey, raw: String)
    /// A partition whose keys do not name a time, so nothing reads it.
    case noSpan(reason: String)
    /// A folder that is not read anyway holds a table of a format whose log decides which files count.
    case otherTable(OpenTableFormat, sign: String)
    /// The table is one of those; `sign` is the name in the folder that says so.
    case openTable(OpenTableFormat, sign: String)
    /// A name that is not UTF-8, in which the path has `\xFC` for a byte: a folder that no value names, or a
    /// file, whose partition is held.
    case notText(isFolder: Bool)
    /// A data file whose modification time is in the future, with `others` like it. It counts as data.
    case datedInFuture(modified: Date, others: Int)
    /// The system refused to read the folder or file.
    case notPermitted
    /// The table's location does not exist.
    case locationMissing
    /// The table's location is a file, or is below one.
    case locationIsFile
    /// Any other failure of the system, in its words.
    case unreadable(reason: String)
    /// The path is that of a partition that has a problem in the catalog.
    case catalog(CatalogProblem)
  }

  /// What is wrong with a catalog's entries.
  public enum CatalogProblem: Hashable, Sendable {
    /// The catalog could not be asked, in a sentence.
    case failed(String)
    /// A partition has no location, or one that is not a place in a bucket.
    case noPlace(String?)
    /// A partition is read by another SerDe than its table.
    case otherSerDe(String, table: String)
    /// A partition has its files at, or inside, the location of another one.
    case sharedPlace(other: ExactText)
    /// A partition has no files, with `others` like it.
    case noFiles(others: Int)
    /// A folder whose files are of no partition of the catalog, with `others` like it.
    case unlisted(others: Int)
  }

  /// The name of the table that was listed.
  public let table: String
  /// The full path of the file or folder.
  public let path: ExactText
  /// What is wrong, with the facts that the sentence names.
  public let kind: Kind

  /// Creates a problem.
  public init(table: String, path: ExactText, kind: Kind) {
    self.table = table
    self.path = path
    self.kind = kind
  }

  /// How much it matters; follows from the kind.
  public var severity: Severity {
    switch kind {
    case .otherFormat, .datedInFuture, .catalog(.noFiles), .catalog(.unlisted): .stray
    case .missingLevel, .unexpectedFolder, .nestedFolder, .wrongType, .noSpan, .otherTable,
      .notText:
      .misplaced
    case .openTable, .notPermitted, .locationMissing, .locationIsFile, .unreadable, .catalog:
      .incomplete
    }
  }
}

extension ListingProblem: CustomStringConvertible {
  /// The sentence for the operator: where it is, what was found, and what to do about it.
  public var description: String {
    let place = "Table \(table): \(path)"
    switch kind {
    case .otherFormat(let expected):
      return "\(place) is not a \(expected.rawValue) file and is left out "
        + "(expected .\(expected.extensions.joined(separator: ", .")))."
    case .missingLevel(let expected):
      let form = expected.map { "\($0.name)=<\($0.type)>" }.joined(separator: "/")
      return "\(place) is outside the partition folders \(form)/ and is not read. "
        + "Move it into its partition, or correct `partitions:` of the table."
    case .unexpectedFolder(let key):
      return "\(place) is not a folder \(key.name)=<\(key.type)> and is not read. "
        + "Rename it, or correct `partitions:` of the table."
    case .nestedFolder:
      return "\(place) is a folder below the last partition key and is not read. "
        + "Move its files up, or add its key to `partitions:` of the table."
    case .wrongType(let key, let raw):
      return "\(place): \"\(raw)\" is not a value of the partition key \(key.name), which is "
        + "declared as \(key.type); the folder is not read. Rename it, or correct the key's type."
    case .noSpan(let reason):
      return "\(place) is not read: \(reason)"
    case .otherTable(let format, let sign):
      return "\(place) is \(format.named) of its own (it has \(sign)) and is not read: its "
        + "\(format.account) decides which files count. Move it away."
    case .openTable(let format, let sign):
      return "\(place) holds the files of \(format.named) (it has \(sign)): its \(format.account) "
        + "decides which of them count, and Dovetail reads plain folders only. Export its rows to a "
        + "folder of Parquet files, for example \(format.exporters), and name that folder in "
        + "`location:`. Nothing counts as deleted, and the jobs that read the table do not run."
    case .notText(let isFolder):
      return "\(place): the name is not UTF-8, so that the \(isFolder ? "folder" : "file") is not "
        + "read. "
        + (isFolder
          ? "No partition that may be in it counts as deleted" : "Its partition is held")
        + "; the others are processed. Rename it."
    case .datedInFuture(let modified, let others):
      return "\(place) is dated in the future (\(Quantity.instant(modified)) UTC)"
        + (others == 0
          ? ""
          : ", and so \(others == 1 ? "is" : "are") \(Quantity.count(others, "other file"))")
        + ": the clock of the writer or of this machine is wrong, and with it every delay that is "
        + "counted from such a file. It is read anyway. Correct the clock; `touch` dates a file "
        + "now, and its partition is then built again."
    case .notPermitted:
      return "\(place) may not be read: permission denied. Nothing counts as deleted, and the jobs "
        + "that read the table do not run until it can be listed."
    case .locationMissing where path.begins(with: "s3://"):
      return
        "\(place) has no object below it. Correct `location:` of the table, or put its first object there (an "
        + "empty one whose key is the location's with a / behind it makes the table empty); nothing counts as deleted."
    case .locationMissing:
      return "\(place) does not exist. Create the folder, or correct `location:` of the table; "
        + "nothing counts as deleted."
    case .locationIsFile:
      return "\(place) is not a folder; a location is the folder that holds the partition folders. "
        + "Correct `location:` of the table; nothing counts as deleted."
    case .catalog(let problem): return problem.sentence(at: place)
    case .unreadable(let reason):
      return "\(place) could not be listed: \(reason). Nothing counts as deleted, and the jobs "
        + "that read the table do not run until it can be listed."
    }
  }
}
