import Cells
import Console
import Foundation
import IncrementalJoin
import Testing

/// A console that is being driven: its model, and the effects since they were last taken.
struct Session {
  var model: Model
  var effects: [Effect] = []

  /// A console that has just started.
  init(
    appearance: Appearance = Appearance(), hasDemo: Bool = true, isReadOnly: Bool = false,
    size: Size = Size(columns: 80, rows: 24), settings: ConsoleSettings = ConsoleSettings(),
    restoring saved: SavedSession? = nil
  ) {
    model = Model(
      workspace: "nycflights", appearance: appearance, hasDemo: hasDemo, isReadOnly: isReadOnly,
      size: size, settings: settings, restoring: saved)
  }

  /// A console that has loaded a world.
  init(
    _ world: World, appearance: Appearance = Appearance(), hasDemo: Bool = true,
    isReadOnly: Bool = false, size: Size = Size(columns: 80, rows: 24),
    settings: ConsoleSettings = ConsoleSettings(), restoring saved: SavedSession? = nil
  ) async throws {
    self.init(
      appearance: appearance, hasDemo: hasDemo, isReadOnly: isReadOnly, size: size,
      settings: settings, restoring: saved)
    self.world = world
    send(.loaded(try await world.statuses(), at: World.now))
    send(.demoStep(next: "A week's weather lands late"))
  }

  /// Whether what the console wants computed waits, instead of being there at once.
  var holdsComputations = false
  /// What waits to be computed.
  var computations: [Computation] = []

  /// What the pane beside the list asks for, and has no answer yet.
  var details: [DetailRequest] = []
  /// The jobs, with the loads, for which the calendar asks how their rows met.
  var matchRequests: [(job: String, load: Int)] = []
  /// What was loaded.
  var world: World?

  mutating func send(_ message: Message) {
    for effect in update(&model, message) {
      switch effect {
      case .compute(let computation): computations.append(computation)
      case .detail(let request): details.append(request)
      case .matches(let job, let load): matchRequests.append((job, load))
      default: effects.append(effect)
      }
    }
    if !holdsComputations { compute() }
  }

  /// Computes what waits, and what is wanted because of that.
  mutating func compute() {
    while !computations.isEmpty { send(computations.removeFirst().answer()) }
  }

  /// Answers what the pane beside the list asks for, and what it asks for then.
  mutating func answerDetails() async throws {
    while let world, !details.isEmpty {
      let request = details.removeFirst()
      send(.detailed(try await world.report(request.report, of: request.job), for: request))
    }
  }

  /// Presses keys by their names; a name that is none is a mistake of the test.
  mutating func press(_ names: String...) {
    for name in names {
      guard let key = Key(name: name) else {
        Issue.record("\(name) is not a key")
        continue
      }
      send(.input(.key(key)))
    }
  }

  /// Types a text key by key.
  mutating func type(_ text: String) {
    for character in text { send(.input(.key(.character(character)))) }
  }

  /// Takes the effects since the last time.
  mutating func take() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  var frame: Frame { view(model, size: model.size) }
  var text: String { frame.text }

  /// The text of the row on which the cursor stands.
  var cursorRow: String {
    guard let cursor = frame.cursor else { return "" }
    return frame.row(cursor.row).map(\.text).joined()
  }
}
