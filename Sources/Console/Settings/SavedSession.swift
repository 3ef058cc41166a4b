public import Foundation

/// How the operator left the console of one workspace, so that it opens there again.
///
/// All of it are wishes: what is not there any more is left out when the console opens.
public struct SavedSession: Equatable, Sendable {
  /// How a list is sorted.
  struct Order: Codable, Equatable, Sendable {
    let column: String
    let isDescending: Bool
  }

  /// How the calendar is looked at.
  struct Calendar: Codable, Equatable, Sendable {
    let measure: String
    let view: Int
    /// nil for the newest year.
    let year: Int?
    /// The place of the table among the job's; nil for the output.
    let table: Int?
  }

  /// The title of the screen.
  var screen = Screen.overview.title
  /// The job that the screens are about; nil before it was known.
  var job: String?
  /// The texts of filters, by list.
  var filters: [String: String] = [:]  // characters: lists have names of ASCII
  /// How lists are sorted, by list; one that is as the settings say has no entry.
  var orders: [String: Order] = [:]  // characters: lists have names of ASCII
  /// Whether the pending screen shows all known partitions.
  var showsAll = false
  /// The paths of the marked partitions, by job.
  var marks: [String: [String]] = [:]  // characters: jobs are named in dovetail.yaml
  /// nil when the calendar was not looked at.
  var calendar: Calendar?
  /// The commands that were called by name, the last one last; nil for none, also in files of before they were kept.
  var calls: [String]?

  /// The lists whose rows are there as soon as the jobs are: of others a filter is not kept.
  static let lists: [RowList] = [.jobs, .tables, .runs, .pending, .inputPartitions]

  /// Marks beyond this number are not kept, none of them: some of what was marked would be taken for all.
  static let markLimit = 10_000
}

extension SavedSession {
  /// No file of a session is larger, in bytes; a larger one is something else.
  public static let sizeLimit = 4 << 20

  /// The shape of the file; a file of another version is not read.
  private static let version = 1

  private struct Versioned: Codable {
    var version: Int
    var session: SavedSession
  }

  /// Reads a file's content; nil when it is none of this version.
  public init?(_ data: Data) {
    guard data.count <= Self.sizeLimit,
      let read = try? JSONDecoder().decode(Versioned.self, from: data),
      read.version == Self.version
    else { return nil }
    self = read.session
  }

  /// The content of a file; nil when it would be too large.
  public var data: Data? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data = try? encoder.encode(Versioned(version: Self.version, session: self))
    return data.flatMap { $0.count <= Self.sizeLimit ? $0 : nil }
  }
}

extension SavedSession: Codable {}
