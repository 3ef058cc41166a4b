import Operations

/// What lies over the screen and takes all keys.
enum Dialog: Sendable {
  /// The keys of this screen.
  case help(HelpView)
  /// The command palette.
  case palette(Palette)
  case confirmation(Confirmation)
  /// One thing of a list is chosen.
  case choice(Choice)
  /// A text is asked for.
  case prompt(Prompt)
  /// Something is being read.
  case waiting(DialogRequest)
  /// A report over the whole screen.
  case report(ReportView)
  /// A text to read, such as what a demo step did.
  case note(title: String, text: String)
}

/// The palette: commands by name, with completion.
struct Palette: Equatable, Sendable {
  var field = TextField()
  var list = ListState()

  /// The commands that the typed text selects, those whose name begins with it first.
  func matches(_ model: Model) -> [Command] {
    let needle = field.text.lowercased()
    let commands = model.commands.all.filter {
      $0.isInPalette && (model.hasDemo || $0.id != .demoNext)
    }
    guard !needle.isEmpty else { return commands }
    let first = commands.filter { $0.id.rawValue.hasPrefix(needle) }
    let rest = commands.filter { command in
      !command.id.rawValue.hasPrefix(needle)
        && (command.id.rawValue.contains(needle) || command.title.lowercased().contains(needle))
    }
    return first + rest
  }
}

/// A question before something that cannot be undone lightly.
///
/// The focus starts on no.
struct Confirmation: Sendable {
  /// What is confirmed.
  enum Subject: Equatable, Sendable {
    case run
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
  /// The text to type instead of pressing a button; nil for buttons.
  var requiredText: String?
  /// Whether typing it consents to what would be refused otherwise.
  var isConsent = false
  var field = TextField()
  var isYesFocused = false
  /// The first line that is drawn.
  var top = 0
}
