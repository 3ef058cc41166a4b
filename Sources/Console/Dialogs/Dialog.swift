import Operations
import Reports

/// What covers the screen and receives all keys.
enum Dialog: Sendable {
  /// The keys of this screen.
  case help(HelpView)
  /// The command palette.
  case palette(Palette)
  case confirmation(Confirmation)
  /// A list from which one item is chosen.
  case choice(Choice)
  /// A request for text.
  case prompt(Prompt)
  /// Something is being read.
  case waiting(DialogRequest)
  /// A report that covers the whole screen.
  case report(ReportView)
  /// A text to read, such as what a demo step did.
  case note(title: String, text: String)
}

/// A question asked before something that cannot easily be undone.
///
/// The focus starts on No.
struct Confirmation: Sendable {
  /// What is to be confirmed.
  enum Subject: Equatable, Sendable {
    case run
    case runAll
    case cancelRun
    case quit
    case replaceSaved(name: String, text: String)
    case operation(job: String, JobOperation, expected: String?)
    /// Add tables to dovetail.yaml as they were previewed.
    case addTables(expected: String)
  }

  let subject: Subject
  let title: String
  let lines: [TextReport.Line]
  let yes: String
  let no: String
  /// The text to type instead of pressing a button; nil where buttons are shown.
  var requiredText: String?
  /// Whether typing it consents to what would be refused otherwise.
  var isConsent = false
  var field = TextField()
  /// Whether another text was entered.
  var isMistyped = false
  /// The reason, where it is asked for before the text; nil where it is not.
  var note: ConfirmationNote?
  var isYesFocused = false
  /// The first line that is drawn.
  var top = 0
}

extension Confirmation {
  /// A question below sentences.
  init(
    subject: Subject, title: String, lines: [String], yes: String, no: String,
    requiredText: String? = nil, isConsent: Bool = false
  ) {
    self.init(
      subject: subject, title: title,
      lines: lines.map { TextReport.Line($0, $0.hasPrefix("CAUTION") ? .bad : .plain) }, yes: yes,
      no: no, requiredText: requiredText, isConsent: isConsent)
  }
}

/// The reason that a question asks for, below what is to be confirmed.
struct ConfirmationNote: Sendable {
  /// Whether there has to be one.
  let isRequired: Bool
  var field = TextField()
  /// Whether keys go to the text that is required after it.
  var isTaken = false
  /// Whether it was taken for taken without a reason.
  var isMissing = false

  init(isRequired: Bool) { self.isRequired = isRequired }

  /// The reason; nil where nothing was written.
  var text: String? { field.text.contains { $0 != " " } ? field.text : nil }

  /// Goes on to the required text, unless a reason is missing.
  mutating func take() {
    isMissing = isRequired && text == nil
    isTaken = !isMissing
  }
}
