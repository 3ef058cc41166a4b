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
  let terminal: Terminal
  let mailbox = Mailbox()
  let effects: ConsoleEffects
  let session: Session
  /// Where the operator's session is kept; nil for nowhere.
  private let saved: SessionFile?
  private var model: Model
  private var signal: Int32?
  private let refreshInterval: Duration?
  private var frames = FrameClock()
  /// When the inputs are to be listed again.
  private var nextRefresh: ContinuousClock.Instant?

  /// Prepares the console.
  ///
  /// - Throws: `ThreadError` when its worker's thread cannot be started.
  init(session: Session, terminal: Terminal, settings: ConsoleSettings, ascii: Bool) throws {
    let story = Story(session)
    self.terminal = terminal
    self.session = session
    saved = settings.restoresSession ? SessionFile(of: session.workspace) : nil
    let name = (session.workspace.folder as NSString).lastPathComponent
    model = Model(
      workspace: session.isReadOnly ? "\(name) (read-only)" : name,
      appearance: Appearance(
        color: terminal.colorCount > 0, unicode: terminal.isUnicode && !ascii,
        theme: ColorTheme(colorFGBG: ProcessInfo.processInfo.environment["COLORFGBG"])),
      hasDemo: story.played != nil, isReadOnly: session.isReadOnly,
      settings: settings, restoring: saved?.read())
    refreshInterval = settings.refreshInterval
    effects = try ConsoleEffects(session: session, story: story, mailbox: mailbox)
    if story.played != nil { mailbox.post(.demoStep(next: story.next?.title)) }
  }

  /// Runs until the operator quits or a signal asks the process to end.
  ///
  /// - Returns: The signal's number, or 0.
  mutating func run() -> Int32 {
    handle(.input(.resize(terminal.size)))
    perform([.load])
    let watch = Task.detached { [mailbox, sessions = effects.sessions] in
      await WorkspaceWatch(sessions: sessions).run { mailbox.post(.news($0, at: Date())) }
    }
    defer { watch.cancel() }
    postponeRefresh()
    while signal == nil {
      drawIfDue()
      let timeouts = [untilRefresh, frames.delay(at: .now)].compactMap(\.self)
      for event in terminal.nextEvents(timeout: timeouts.min()) {
        if case .terminate(let number) = event {
          signal = number
        } else if event != .wake {
          handle(.input(event))
        }
      }
      for message in mailbox.takeAll() { handle(message) }
      if let due = nextRefresh, due <= ContinuousClock.now {
        postponeRefresh()
        handle(.refreshDue)
      }
    }
    terminal.restore()
    saved?.write(model.savedSession)
    effects.endRun()
    return signal ?? 0
  }

  /// Draws what has changed, unless a frame that answers nobody came just before.
  private mutating func drawIfDue() {
    guard frames.delay(at: .now) == .zero else { return }
    if terminal.reportsMouse != model.usesMouse { terminal.reportsMouse = model.usesMouse }
    terminal.draw(view(model, size: terminal.size))
    terminal.title = model.title
    frames.draw(at: .now)
  }

  private mutating func handle(_ message: Message) {
    // Only a run tells more than somebody can read.
    if case .runEvent = message {
      frames.change(isAnswer: false)
    } else {
      frames.change(isAnswer: true)
    }
    switch message {
    case .runEnded, .runFailed, .performed, .operationFailed: terminal.bell()
    case .loadedPages, .loadFailed: postponeRefresh()
    default: break
    }
    let old = message.replacesMuch ? Retired(model) : nil
    perform(update(&model, message))
    old?.letGo()
  }

  /// How long until the inputs are listed again; nil when that is only on request.
  private var untilRefresh: Duration? {
    nextRefresh.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
  }

  /// Starts the time until the next refresh again.
  private mutating func postponeRefresh() {
    nextRefresh = refreshInterval.map { ContinuousClock.now + $0 }
  }

  private mutating func perform(_ wanted: [Effect]) {
    for effect in wanted {
      switch effect {
      case .quit: signal = 0
      case .suspend: kill(getpid(), SIGTSTP)
      case .copy(let text): mailbox.post(.copied(how: "\(terminal.copy(text))"))
      case .saveScreen: saveScreen()
      case .edit(let text): edit(text)
      case .page(let text): page(text)
      case .repaint: terminal.forgetShown()
      case .cancelRun: effects.cancelRun()
      case .cancelReport: effects.cancelReport()
      case .load, .compute, .plan, .preview, .run, .savePredicate, .demoNext, .report,
        .detail, .matches, .choosePartitions, .previewOperation, .perform, .export, .previewTables,
        .addTables:
        effects.perform(effect)
      }
    }
  }

  /// Writes the frame that is on the screen to `.dovetail/screens`, without the notice that announces it.
  private func saveScreen() {
    let picture = view(model, size: terminal.size).svg(title: "Dovetail \(model.workspace)")
    do {
      let path = try SavedFiles(of: session).save(
        picture, in: "screens", as: "\(model.screen)", type: "svg")
      mailbox.post(.saved(path: path))
    } catch {
      mailbox.post(.saveFailed("\(error)"))
    }
  }
}
