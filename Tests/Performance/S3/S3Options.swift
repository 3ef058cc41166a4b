import Foundation

/// How much is measured against an object store, and where.
struct S3Options {
  /// The first argument.
  static let mode = "s3"

  /// Days of the history, each of 24 partitions.
  var days = 10
  /// Rows an hour in each table.
  var rows = 40_000
  /// How many partitions late files touch, case by case.
  var touched = [24, 120]
  /// Objects of the table that is listed.
  var keys = 100_000
  /// The size of the ledger in the store, in megabytes.
  var ledger = 100
  /// The size of the largest objects of which columns are read, in megabytes.
  var largest = 100
  var repetitions = 5
  /// Where the temporary folder is made.
  var folder = FileManager.default.temporaryDirectory.path
  /// A document whose part between the marks is replaced by the results.
  var markdown: String?
  /// The binary to measure; by default the one beside this.
  var dovetail = Options.dovetailBesideThis

  static let help = """
    Usage: dovetail-bench s3 [options]

    Measures `dovetail run` on S3 against DuckDB with httpfs and boto3, and its listing against awscli. The store is
    SeaweedFS on this machine; `make s3-peers s3-bench-peers` fetches all of them.

      --days N         days of the history, of 24 partitions each (10)
      --rows N         rows an hour in each table (40000)
      --touched N      only one case, with so many touched partitions (24, then 120)
      --keys N         objects of the table that is listed (100000)
      --ledger N       megabytes of the ledger in the store (100)
      --largest N      megabytes of the largest objects of which two columns are read (100)
      --repetitions N  measured repetitions after one that warms up (5)
      --folder PATH    where the temporary folder is made
      --markdown FILE  write the results between the marks of this document
      --dovetail PATH  the binary to measure (the one beside this)

    A quick try: dovetail-bench s3 --days 1 --rows 100 --touched 4 --keys 2000 --ledger 1 --largest 2 --repetitions 1
    """

  /// Reads the command line; nil when help is asked for.
  init?(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value.") }
      switch name {
      case "--days": days = try Options.count(value, of: name)
      case "--rows": rows = try Options.count(value, of: name)
      case "--touched": touched = [try Options.count(value, of: name)]
      case "--keys": keys = try Options.count(value, of: name)
      case "--ledger": ledger = try Options.count(value, of: name)
      case "--largest": largest = try Options.count(value, of: name)
      case "--repetitions": repetitions = try Options.count(value, of: name)
      case "--folder": folder = value
      case "--markdown": markdown = value
      case "--dovetail": dovetail = value
      default: throw BenchError("There is no option \(name). See dovetail-bench s3 --help.")
      }
    }
    guard touched.allSatisfy({ $0 <= days * 24 }) else {
      throw BenchError("\(days) days have \(days * 24) partitions, fewer than --touched.")
    }
  }
}
