import Foundation

/// What is measured, and where.
struct Options {
  /// What is measured.
  var cases = Case.all
  var repetitions = 5
  /// Where the temporary folder is made: the file system that is measured.
  var folder = FileManager.default.temporaryDirectory.path
  /// A document whose part between the marks is replaced by the results.
  var markdown: String?
  /// The binary to measure; by default the one beside this.
  var dovetail = Options.dovetailBesideThis

  static var dovetailBesideThis: String {
    URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("dovetail").path
  }

  static let help = """
    Usage: dovetail-bench [options]

    Measures `dovetail run` against the same join written by hand, as whole processes.

      --case N         only one of the cases, counted from 1
      --days N         one case of this size: days of the shorter history (30)
      --rows N         rows an hour in each table (10000)
      --touched N      partitions that a new file touches (one in six)
      --repetitions N  measured repetitions after one that warms up (5)
      --folder PATH    where the temporary folder is made
      --markdown FILE  write the results between the marks of this document
      --dovetail PATH  the binary to measure (the one beside this)

    A quick try: dovetail-bench --days 2 --rows 100 --repetitions 1

    dovetail-bench times --help tells how joins by time are measured, dovetail-bench s3 --help how runs on S3 are,
    and dovetail-bench predicates --help how the predicates are.
    """

  /// Reads the command line; nil when help is asked for.
  init?(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    var own = Case(isWhole: true)
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value.") }
      switch name {
      case "--case":
        let number = try Self.count(value, of: name)
        guard number <= Case.all.count else {
          throw BenchError("There are \(Case.all.count) cases.")
        }
        cases = [Case.all[number - 1]]
      case "--days": own.days = try Self.count(value, of: name)
      case "--rows": own.rows = try Self.count(value, of: name)
      case "--touched": own.touched = try Self.count(value, of: name)
      case "--repetitions": repetitions = try Self.count(value, of: name)
      case "--folder": folder = value
      case "--markdown": markdown = value
      case "--dovetail": dovetail = value
      default: throw BenchError("There is no option \(name). See dovetail-bench --help.")
      }
    }
    guard !Set(arguments).isDisjoint(with: ["--days", "--rows", "--touched"]) else { return }
    guard own.touchedCount <= own.partitions else {
      throw BenchError("\(own.days) days have \(own.partitions) partitions, fewer than --touched.")
    }
    cases = [own]
  }

  /// Reads a positive number.
  static func count(_ value: String, of name: String) throws(BenchError) -> Int {
    guard let count = Int(value), count > 0 else {
      throw BenchError("\(name) needs a positive number, not \(value).")
    }
    return count
  }
}
