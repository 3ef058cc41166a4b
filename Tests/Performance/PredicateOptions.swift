/// How much of the predicates is measured.
struct PredicateOptions {
  /// The first argument.
  static let mode = "predicates"

  /// Partitions of the table.
  var partitions = 1_000_000
  /// Partitions that a generated predicate loads.
  var pending = 100_000
  /// Terms of the predicate that chooses among all partitions.
  var terms = 10_000
  /// Terms of the text that is only read.
  var parsedTerms = 100_000
  /// Partitions for which the naive form is evaluated.
  var sample = 2_000
  var repetitions = 5
  /// A document whose part between the marks is replaced by the results.
  var markdown: String?

  static let help = """
    Usage: dovetail-bench predicates [options]

    Measures writing, applying and reading predicates, beside their naive form and DuckDB.

      --partitions N    partitions of the table (1000000)
      --pending N       partitions to be loaded (100000)
      --terms N         terms of the predicate that prunes (10000)
      --parsed-terms N  terms of the text that is read (100000)
      --sample N        partitions for which the naive form is evaluated (2000)
      --repetitions N   measured repetitions after one that warms up (5)
      --markdown FILE   write the results between the marks of this document

    A quick try: dovetail-bench predicates --partitions 10000 --pending 1000 --terms 100 \
    --parsed-terms 1000 --sample 100 --repetitions 1
    """

  /// Reads the command line; nil when help is asked for.
  init?(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw BenchError("\(name) needs a value.") }
      switch name {
      case "--partitions": partitions = try Options.count(value, of: name)
      case "--pending": pending = try Options.count(value, of: name)
      case "--terms": terms = try Options.count(value, of: name)
      case "--parsed-terms": parsedTerms = try Options.count(value, of: name)
      case "--sample": sample = try Options.count(value, of: name)
      case "--repetitions": repetitions = try Options.count(value, of: name)
      case "--markdown": markdown = value
      default:
        throw BenchError("There is no option \(name). See dovetail-bench predicates --help.")
      }
    }
    guard max(pending, terms, parsedTerms, sample) <= partitions else {
      throw BenchError("\(partitions) partitions are fewer than one of the other numbers.")
    }
  }
}
