import IncrementalJoin
import PartitionPredicate

/// What the predicate screen's list shows.
enum PredicateView: Hashable, Sendable {
  case partitions
  /// The truth table of the clauses.
  case clauses
}

/// The form in which the text is shown.
enum PredicateForm: Hashable, Sendable {
  /// As it was written; its clauses show their values for the selected partition.
  case source
  case dialect(PredicateDialect)
}

/// A predicate that the operator wrote in place of a generated one.
struct EditedPredicate: Sendable {
  let text: String
  /// The name under which exactly this text is saved.
  var name: String?
  /// nil after a load, until it is needed.
  var read: Result<ParsedPredicate, PushdownPredicateError>?
}

/// What is shown about the selected partition.
struct PartitionDetail: Sendable {
  let row: Int
  let truth: Truth
  /// Why the predicate does or does not select it.
  let sentence: String
  /// What the pending report says about it.
  let status: String
  /// The values of the clauses that were evaluated, by number.
  let values: [Int: PartitionValue]
  /// The clauses that decided.
  let deciding: Set<Int>
}

/// How many times the clauses were reached, and with what values.
struct ClauseTable: Sendable {
  /// One for each clause, in their order.
  let counts: [ClauseCount]
  let findings: [Int: [PredicateFinding]]
}

/// The state of the predicate screen.
///
/// Everything derived from the inputs is made when it is first shown, and again after every load.
struct PredicateState: Sendable {
  /// An input of a job.
  struct Subject: Hashable, Sendable {
    let job: String
    let input: String
  }

  /// What was requested for a subject.
  struct Asked: Equatable, Sendable {
    let load: Int
    let input: JobInput
  }

  /// A text in one form, broken into lines of a width.
  struct Layout: Sendable {
    let form: PredicateForm
    let source: SourceText
    let length: Int
    /// Whether it is the sentence that says why there is no such text.
    let isRefusal: Bool
    var width = 0
    var lines: [Range<Int>] = []
  }

  var input = 0
  var form = PredicateForm.source
  var view = PredicateView.partitions
  var list = ListState()
  var clauseList = ListState()
  /// The first line of the text that is drawn; nil to follow the deciding clause.
  var scroll: Int?
  /// How many times the input's partitions were listed, or the text shown about them changed.
  private(set) var subjects = 0
  private(set) var predicates = 0
  /// Limits the list to the partitions that this clause decides.
  var decidedBy: Int?
  var edits: [Subject: EditedPredicate] = [:]
  var editor: PredicateEditor?
  var debugger: DebuggerState?
  var saved: [String: String] = [:]
  /// Why saved predicates could not be read.
  var savedFailures: [String] = []
  /// The breakpoints and watches of the predicates that were debugged.
  var stops: [DebuggerStops.Subject: DebuggerStops] = [:]

  /// The input that is shown; nil until it is needed.
  var subject: InputPredicate?
  /// The load and the input for which it is being made.
  var asked: Asked?
  /// The rows of the subject that the list shows; nil until they are needed.
  var rows: [Int]?
  /// The partition that stays selected when the rows change.
  var kept: Partition?
  var detail: PartitionDetail?
  /// The deciding clauses of the rows that are drawn.
  var briefs: [Int: String] = [:]
  var clauses: ClauseTable?
  var map: ClauseMap?
  var layout: Layout?
  /// Whether the selection moves to the first selected partition with the next rows.
  var seeksSelected = true

  /// The partition under the cursor, as a row of the subject.
  var selectedRow: Int? {
    guard let rows, rows.indices.contains(list.index) else { return nil }
    return rows[list.index]
  }

  /// Shows the clauses' truth table, or the partitions again.
  mutating func switchView() { view = view == .clauses ? .partitions : .clauses }

  /// Forgets what is derived from the predicate that is shown.
  mutating func forgetPredicate() {
    predicates += 1
    rows = nil
    clauses = nil
    map = nil
    layout = nil
    decidedBy = nil
    scroll = nil
    forgetDetail()
  }

  /// Forgets what is derived from the load.
  mutating func forgetSubject() {
    subjects += 1
    subject = nil
    for key in edits.keys { edits[key]?.read = nil }
    forgetPredicate()
  }

  mutating func forgetDetail() {
    detail = nil
    briefs = [:]
  }
}
