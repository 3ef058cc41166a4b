import Foundation

/// How much of the joins by time is measured, and where.
struct TimeOptions {
  /// The first argument.
  static let mode = "times"

  /// Rows of each table.
  var rows = 5_000_000
  /// Days of the history, each of 24 partitions.
  var days = 30
  var repetitions = 5
  /// Where the temporary folder is made: the file system that is measured.
  var folder = FileManager.default.temporaryDirectory.path
  /// A document whose part between the marks is replaced by the results.
  var markdown: String?
  /// The binary to measure; by default the one beside this.
  var dovetail = Options.dovetailBesideThis

  static let help = """
    Usage: dovetail-bench times [options]

    Measures `dovetail run` of joins by time against the same joins written by hand, as whole processes.

      --rows N         rows of each table (5000000)
      --days N         days of the history, each of 24 partitions (30, at least 2)
      --repetitions N  measured repetitions after one that warms up (5)
      --folder PATH    where the temporary folder is made
      --markdown FILE  write the results between the marks of this document
      --dovetail PATH  the binary to measure (the one beside this)

    A quick try: dovetail-bench times --days 2 --rows 48000 --repetitions 1
    """

  /// Reads the command line; nil when help is asked for.
  init?(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value.") }
      switch name {
      case "--rows": rows = try Options.count(value, of: name)
      case "--days": days = try Options.count(value, of: name)
      case "--repetitions": repetitions = try Options.count(value, of: name)
      case "--folder": folder = value
      case "--markdown": markdown = value
      case "--dovetail": dovetail = value
      default: throw BenchError("There is no option \(name). See dovetail-bench times --help.")
      }
    }
    guard days >= 2 else {
      throw BenchError("--days needs at least 2: 24 partitions are touched, and others are not.")
    }
    guard rows >= days * 24 * 50 else {
      throw BenchError("--rows needs at least \(days * 24 * 50): 50 an hour in each table.")
    }
  }
}
