import PartitionPredicate

/// A predicate parsed from its text, and which of the known partitions it selects.
struct ParsedPredicate: Sendable {
  let outline: PredicateOutline
  let source: SourceText
  let evaluator: PredicateEvaluator
  /// The rows for which it is TRUE.
  let selection: RowSet
  let fileCount: Int
  let bytes: Int64

  init(
    _ text: String, _ table: PartitionTable, fileCounts: [Int], bytes: [Int64], today: Int
  ) throws(PushdownPredicateError) {
    outline = try PredicateOutline(text, keys: table.keys, today: today)
    source = SourceText(text)
    evaluator = PredicateEvaluator(outline.predicate)
    selection = table.select(outline.predicate)
    var files = 0
    var sum: Int64 = 0
    for row in selection {
      files += fileCounts[row]
      sum += bytes[row]
    }
    fileCount = files
    self.bytes = sum
  }

  var text: String { outline.source }

  /// Whether it is TRUE or FALSE itself, which decides the same for every partition.
  var isConstant: Bool {
    outline.clauses.count == 1 && ["TRUE", "FALSE"].contains(text.uppercased())
  }

  /// A clause as it was written, with line ends as spaces.
  func text(of clause: Int) -> String { source.text(in: outline[clause].node.range) }
}
