import Foundation

/// How much of the console is measured, and where.
struct ConsoleOptions {
  /// The first argument.
  static let mode = "console"

  /// Partitions of the one input, each with one file; all of them are pending.
  var partitions = 100_000
  /// How often each key is pressed.
  var presses = 200
  /// Where the temporary folder is made.
  var folder = FileManager.default.temporaryDirectory.path
  /// A document whose part between the marks is replaced by the results.
  var markdown: String?
  /// The binary to measure; by default the one beside this.
  var dovetail = Options.dovetailBesideThis
  /// visidata's program; nil where it is not installed.
  var visidata: String?

  static let help = """
    Usage: dovetail-bench console [options]

    Measures the console in a pseudo terminal: from a key to the last byte of the frame that it brings,
    beside `less`, and visidata where it is named, over as many lines.

      --partitions N   partitions of the input, all of them pending (100000)
      --presses N      how often each key is pressed (200)
      --folder PATH    where the temporary folder is made
      --markdown FILE  write the results between the marks of this document
      --dovetail PATH  the binary to measure (the one beside this)
      --visidata PATH  visidata's program `vd`

    A quick try: dovetail-bench console --partitions 1000 --presses 20
    """

  /// Reads the command line; nil when help is asked for.
  init?(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value.") }
      switch name {
      case "--partitions": partitions = try Options.count(value, of: name)
      case "--presses": presses = try Options.count(value, of: name)
      case "--folder": folder = value
      case "--markdown": markdown = value
      case "--dovetail": dovetail = URL(fileURLWithPath: value).path
      case "--visidata": visidata = URL(fileURLWithPath: value).path
      default: throw BenchError("There is no option \(name). See dovetail-bench console --help.")
      }
    }
    guard presses >= 10 else { throw BenchError("--presses needs at least 10.") }
    guard partitions >= 100 else { throw BenchError("--partitions needs at least 100.") }
  }
}
