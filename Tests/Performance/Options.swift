import Foundation

/// What is measured, and where.
struct Options {
  /// Days of the shorter history; the longer one has twice as many.
  var days = 30
  /// Rows an hour in each of the two tables.
  var rows = 10_000
  /// Partitions that a new file touches; by default one in six.
  var touched: Int?
  var repetitions = 5
  /// Where the temporary folder is made: the file system that is measured.
  var folder = FileManager.default.temporaryDirectory.path
  /// A document whose part between the marks is replaced by the results.
  var markdown: String?
  /// The binary to measure; by default the one beside this.
  var dovetail: String

  static let help = """
    Usage: dovetail-bench [options]

    Measures `dovetail run` against the same join written by hand, as whole processes.

      --days N         days of the shorter history (30)
      --rows N         rows an hour in each table (10000)
      --touched N      partitions that a new file touches (one in six)
      --repetitions N  measured repetitions after one that warms up (5)
      --folder PATH    where the temporary folder is made
      --markdown FILE  write the results between the marks of this document
      --dovetail PATH  the binary to measure (the one beside this)

    A quick try: dovetail-bench --days 2 --rows 100 --repetitions 1

    dovetail-bench predicates --help tells how the predicates are measured.
    """

  /// Reads the command line; nil when help is asked for.
  init?(_ arguments: [String]) throws(BenchError) {
    dovetail =
      URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("dovetail").path
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value.") }
      switch name {
      case "--days": days = try Self.count(value, of: name)
      case "--rows": rows = try Self.count(value, of: name)
      case "--touched": touched = try Self.count(value, of: name)
      case "--repetitions": repetitions = try Self.count(value, of: name)
      case "--folder": folder = value
      case "--markdown": markdown = value
      case "--dovetail": dovetail = value
      default: throw BenchError("There is no option \(name). See dovetail-bench --help.")
      }
    }
    guard touchedCount <= days * 24 else {
      throw BenchError("\(days) days have \(days * 24) partitions, fewer than --touched.")
    }
  }

  /// Partitions that a new file touches.
  var touchedCount: Int { touched ?? max(1, days * 24 / 6) }

  /// Reads a positive number.
  static func count(_ value: String, of name: String) throws(BenchError) -> Int {
    guard let count = Int(value), count > 0 else {
      throw BenchError("\(name) needs a positive number, not \(value).")
    }
    return count
  }
}
