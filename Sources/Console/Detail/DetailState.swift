import IncrementalJoin
public import Operations
import PartitionPredicate
import Reports

/// A request for a report that the detail pane shows.
public struct DetailRequest: Hashable, Sendable {
  /// The job that the report is about.
  public let job: String
  /// The report.
  public let report: ReportRequest
  /// The load for which it was requested; after a later load the answer is out of date.
  let load: Int
  /// The file that the report is about: two paths are the same only if their bytes are.
  private let file: ExactText?

  init(job: String, report: ReportRequest, load: Int) {
    self.job = job
    self.report = report
    self.load = load
    file = if case .uses(let file) = report { file.exact } else { nil }
  }
}

/// The detail pane: whether it is hidden, how far it is scrolled, and the reports that were read for it.
///
/// Only one report is read at a time. When it arrives, the report of the row that is selected by then is requested, so
/// moving the cursor faster than answers arrive requests nothing.
struct DetailState: Sendable {
  /// The outcome of a request.
  enum Answer: Sendable {
    case report(TextReport)
    /// Why there is no report.
    case failed(String)
  }

  /// How many answers are kept, the most recently requested ones.
  private static let limit = 50

  var isHidden = false
  /// The first line that is drawn.
  var top = 0
  /// The title of what is shown.
  private var title: String?
  /// The report that is being read.
  private(set) var asked: DetailRequest?
  private var answers: [DetailRequest: Answer] = [:]
  /// The requests that have answers, oldest first.
  private var order: [DetailRequest] = []

  subscript(_ request: DetailRequest) -> Answer? { answers[request] }

  /// Scrolls back to the beginning if the pane shows something with another title than before.
  mutating func show(_ title: String) {
    guard !(self.title?.utf8.elementsEqual(title.utf8) ?? false) else { return }
    self.title = title
    top = 0
  }

  /// Whether the request should be made now.
  func isWanted(_ request: DetailRequest) -> Bool { asked == nil && answers[request] == nil }

  /// Remembers that a report is being read.
  mutating func ask(_ request: DetailRequest) { asked = request }

  /// Takes an answer; the answer to a request of an earlier load is dropped.
  mutating func take(_ answer: Answer, for request: DetailRequest, load: Int) {
    if asked == request { asked = nil }
    guard request.load == load else { return }
    if answers.updateValue(answer, forKey: request) == nil { order.append(request) }
    if order.count > Self.limit { answers[order.removeFirst()] = nil }
  }

  /// Forgets the account of a run, which went on.
  mutating func forget(_ run: RunID) {
    order.removeAll { $0.report == .run(run) }
    answers = answers.filter { $0.key.report != .run(run) }
  }

  /// Forgets all answers, after a load or when another job was selected.
  mutating func forget() {
    answers = [:]
    order = []
  }
}
