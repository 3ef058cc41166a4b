import IncrementalJoin
import PartitionPredicate

/// The data files of one partition of an input that spell the same columns in the same order.
struct FileGroup: Hashable, Sendable {
  let layout: FileLayout
  var files: [String]
  /// How many rows each of them has, as far as that is known without reading it: of Parquet.
  var rows: [Int64] = []
  /// Between which instants the rows of each of them lie, in microseconds since 1970-01-01; nil as far as that is not
  /// known without reading it.
  var times: [ClosedRange<Int64>?] = []
  var partition = Partition(keys: [], values: [])
  /// Where the times of the rows have to lie.
  var span = PartitionSpan.always
  /// The place among the units of a batch of the one that reads the files.
  var unit = 0

  /// As the files have them, partition keys included.
  var columns: [Column] { layout.columns }

  /// Whether all rows are known to have a time in their partition's span.
  var isPlaced: Bool {
    times.count == files.count && times.allSatisfy { $0.map(span.contains) ?? false }
  }

  /// Whether a scan knows of each row which file it is of, and which one there: a file's own column of such a
  /// name hides it.
  var knowsLocations: Bool {
    columns.named("file_index") == nil && columns.named("file_row_number") == nil
  }
}

extension FileGroup {
  /// A sentence for every column that DuckDB reads with fewer digits than the files have.
  func cutWarnings(of input: JoinUnit.Input) -> [String] {
    layout.cut.filter { input.columns.named($0) != nil }.map { column in
      "\(input.name), partition \(partition.path): \(files[0])"
        + "\(files.count == 1 ? "" : " and \(files.count - 1) more") has nanoseconds in the column "
        + "\"\(column)\", which DuckDB reads only to the microsecond: finer digits are lost. Write the column "
        + "in microseconds, or as a timestamp without a zone, which keeps nanoseconds."
    }
  }
}

/// What a data file says about its columns.
struct FileLayout: Hashable, Sendable {
  /// As the file has them, partition keys included.
  ///
  /// Columns of CSV are VARCHAR. The type of a JSON field has the names inside it, with VARCHAR for every
  /// scalar: `STRUCT(a VARCHAR)`.
  var columns: [Column] = []
  /// How a text file is compressed; none for Parquet, which compresses its pages.
  var compression = TextCompression.none
  /// How the objects of a JSON file stand in it.
  var json: JSONFormat?
  /// Columns of Parquet that hold nanoseconds and are read to the microsecond.
  var cut: [String] = []
  /// Why fields inside the columns cannot be told apart; nil when they can.
  var fieldProblem: String?

  /// Why the names are none that a table can have; nil when they are.
  var nameProblem: String? { ColumnNames(names: columns.map(\.name)).problem ?? fieldProblem }
}

/// How JSON objects stand in a file, in DuckDB's words.
enum JSONFormat: String, Hashable, Sendable {
  /// One object a line.
  case lines = "newline_delimited"
  /// One array of objects.
  case array
  /// One object after the other, with line ends anywhere.
  case objects = "unstructured"
}
