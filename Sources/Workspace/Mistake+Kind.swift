import IncrementalJoin
public import PartitionPredicate

extension Mistake {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    // The file
    /// The problem in the words of the YAML parser; `began` is the line where the enclosing construct began.
    case syntax(problem: String, context: String?, began: Int?)
    case tab
    /// A character that cannot begin an unquoted YAML text, such as `%`, or that is not a text when it stands `alone`.
    case needsQuotes(String, alone: Bool)
    case secondDocument
    case notUTF8
    /// A mistake in another file than dovetail.yaml, in the words of who reads it.
    case other(String, hint: String)

    // Keys and values
    case unknownKey(String, in: Section, near: String?, allowed: [String])
    case missingKey(String, in: Section)
    case keyNotText(of: String)
    case wrongNodeKind(key: String, Role, expected: [NodeKind], found: NodeKind)
    /// A list item where text is expected.
    case wrongItem(key: String, Role, found: NodeKind)
    case empty(key: String, Role)
    /// A key of tables or jobs where the name of one belongs: it is not indented enough.
    case misindented(String, Noun)
    /// YAML ended a text inside brackets at a comma, in the middle of a type or expression.
    case cutAtComma(String)
    /// The earlier occurrence is `first`, which may differ in case, on line `line`.
    case duplicate(Noun, String, first: String, line: Int)
    case badName(Noun, String)
    /// A job with the name of a table, so inputs could not tell them apart.
    case nameOfTable(String, line: Int)
    case unknownVersion(String)
    case unknownWord(key: String, String, near: String?, allowed: [String])
    case unknownKeyType(String, key: String, near: String?)
    case badLocation(String, LocationProblem)
    case badDuration(key: String, String)
    case badSize(key: String, String)
    case badShare(key: String, String)
    case badCount(key: String, String, atLeast: Int)
    case badFlag(key: String, String)
    case outputFormat(String)
    case keyAmongColumns(String)
    /// A name below `optional:` that is not among the declared columns.
    case unknownOptional(String, near: String?, columns: [String])
    case csv(CSVProblem)
    case time(TimeProblem)
    case store(StoreProblem)
    case glue(GlueProblem)
    case watch(WatchProblem)

    // Jobs
    case noTransformation(job: String)
    case twoTransformations(job: String)
    case oneInput(job: String)
    case unknownInput(String, near: String?, names: [String])
    /// A column that `on:` cannot use; `pairs` is what `on:` must say where the other input has the column under this
    /// name.
    case unknownJoinColumn(String, input: String, near: String?, pairs: String?)
    /// An input shares no partition key with the first one, and no time that would relate the two.
    case inputKeysDiffer(KeyedInput, first: KeyedInput)
    /// The output has a partition key that the inputs, which agree on `keys`, lack.
    case unknownOutputKey(String, keys: [String], near: String?)
    case keyTypesDiffer(String, input: String, KeyType, first: String, KeyType)
    /// A partition key of the output that is listed in the job's `key`.
    case keyImplied(String)
    /// A key of `wait:` that has no meaning with `for: any`.
    case unusedWithoutWait(String)
    case cycle(jobs: [String])

    // Locations
    case sameOutput(job: String, line: Int)
    case overlap(Overlap, Noun, String, line: Int)
    case outputHoldsWorkspace
    case outputInState
    /// A table or output where another output has its lock and its staged and kept versions.
    case inHiddenFolder(job: String, String)
    /// A table declared at a job's output location that contradicts the job.
    case outputTableDiffers(table: String, job: String, expected: [PartitionKey])
  }

  /// A part of the file with its own keys.
  public enum Section: Hashable, Sendable {
    case file
    case table(String)
    case csv(table: String)
    case time(table: String)
    case input(String, job: String)
    case asof
    case window(String)
    case job(String)
    case join(job: String)
    case output(job: String)
    case wait(job: String)
    case limits(job: String)
    case hooks
    case store(String)
    case glue
  }

  /// What a key of the file is.
  public enum Role: Hashable, Sendable {
    /// One of the format's own, in this part of the file.
    case format(Section)
    /// A name that the author gave, such as that of a table.
    case name(of: Noun)
  }

  /// An input with its partition keys.
  public struct KeyedInput: Hashable, Sendable {
    /// The input's name in the job.
    public let name: String
    /// In the order of the table's folders.
    public let keys: [PartitionKey]
    /// Whether its table says when rows happen.
    public let hasTime: Bool
  }

  /// What a name or an item of a list names.
  public enum Noun: String, Hashable, Sendable {
    case key
    case table
    case job
    case input
    case partitionKey = "partition key"
    case column
    case optionalColumn = "optional column"
    case output
    case joinColumn = "join column"
    case keyColumn = "key column"
    case store
    case bucket
  }

  /// The kind of a YAML value.
  public enum NodeKind: String, Hashable, Sendable {
    case nothing
    case text
    case list = "a list"
    case mapping = "a mapping"
  }

  /// Why a location cannot be used.
  public enum LocationProblem: Hashable, Sendable {
    case empty
    case home
    case variable
    case remote
    case zeroByte
    /// The name of a bucket has other characters, or is too short or too long.
    case bucket
    /// An empty name, `.` or `..` below a bucket.
    case name
    /// An output that would be the whole bucket.
    case wholeBucket
  }

  /// How an output's location overlaps another location.
  public enum Overlap: String, Hashable, Sendable {
    case same = "is also"
    case inside = "is inside"
    case around = "contains"
  }
}
