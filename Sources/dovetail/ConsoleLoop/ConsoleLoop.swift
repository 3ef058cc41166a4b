import Cells
import Console
import Foundation
import Operations
import Terminal
import Workspace

/// Feeds the console: events and answers in, frames and effects out.
///
/// Owns the terminal's thread.
struct ConsoleLoop {
  private let terminal: Terminal
  private let mailbox = Mailbox()
  private let effects: ConsoleEffects
  private let session: Session
  private var model: Model
  private var signal: Int32?

  /// Prepares the console.
  ///
  /// - Throws: `ThreadError` when its worker's thread cannot be started.
  init(session: Session, terminal: Terminal, ascii: Bool) throws {
    let story = Story(session)
    self.terminal = terminal
    self.session = session
    let name = (session.workspace.folder as NSString).lastPathComponent
    model = Model(
      workspace: session.isReadOnly ? "\(name) (read-only)" : name,
      appearance: Appearance(
        color: terminal.colorCount > 0, unicode: terminal.isUnicode && !ascii,
        theme: ColorTheme(colorFGBG: ProcessInfo.processInfo.environment["COLORFGBG"])),
      hasDemo: story.played != nil && !session.isReadOnly, isReadOnly: session.isReadOnly)
    effects = try ConsoleEffects(session: session, story: story, mailbox: mailbox)
    if story.played != nil { mailbox.post(.demoStep(next: story.next?.title)) }
    terminal.reportsMouse = true
  }

  /// Runs until the operator quits or a signal asks the process to end.
  ///
  /// - Returns: The signal's number, or 0.
  mutating func run() -> Int32 {
    handle(.input(.resize(terminal.size)))
    perform([.load])
    let watch = Task.detached { [mailbox, session] in
      await WorkspaceWatch(session: session).run { mailbox.post(.news($0, at: Date())) }
    }
    defer { watch.cancel() }
    while signal == nil {
      terminal.draw(view(model, size: terminal.size))
      terminal.title = model.title
      for event in terminal.nextEvents() {
        if case .terminate(let number) = event {
          signal = number
        } else if event != .wake {
          handle(.input(event))
        }
      }
      for message in mailbox.takeAll() { handle(message) }
    }
    terminal.restore()
    effects.endRun()
    return signal ?? 0
  }

  private mutating func handle(_ message: Message) {
    switch message {
    case .runEnded, .performed: terminal.bell()
    default: break
    }
    perform(update(&model, message))
  }

  private mutating func perform(_ wanted: [Effect]) {
    for effect in wanted {
      switch effect {
      case .quit: signal = 0
      case .suspend: kill(getpid(), SIGTSTP)
      case .copy(let text): mailbox.post(.copied(how: "\(terminal.copy(text))"))
      case .saveScreen: saveScreen()
      case .repaint: terminal.forgetShown()
      case .cancelRun: effects.cancelRun()
      case .cancelReport: effects.cancelReport()
      case .load, .compute, .plan, .preview, .run, .savePredicate, .demoNext, .report,
        .choosePartitions, .previewOperation, .perform:
        effects.perform(effect)
      }
    }
  }

  /// Writes the frame that is on the screen to `.dovetail/screens`, without the notice that announces it.
  private func saveScreen() {
    let folder = URL(filePath: "\(session.workspace.stateFolder)/screens")
    let stamp = Date().formatted(.iso8601.dateTimeSeparator(.standard).timeSeparator(.omitted))
    let file = folder.appending(path: "\(stamp)-\(model.screen).svg")
    do {
      try session.allowChanges()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let picture = view(model, size: terminal.size).svg(title: "Dovetail \(model.workspace)")
      try picture.write(to: file, atomically: true, encoding: .utf8)
      mailbox.post(.saved(path: file.path))
    } catch {
      mailbox.post(.saveFailed("The screen cannot be saved as \(file.path): \(error)"))
    }
  }
}
