import Operations

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
    case operation(job: String, JobOperation, expected: String?, note: String?)
  }

  let subject: Subject
  let title: String
  let lines: [String]
  let yes: String
  let no: String
  /// The text to type instead of pressing a button; nil where buttons are shown.
  var requiredText: String?
  /// Whether typing it consents to what would be refused otherwise.
  var isConsent = false
  var field = TextField()
  var isYesFocused = false
  /// The first line that is drawn.
  var top = 0
}
