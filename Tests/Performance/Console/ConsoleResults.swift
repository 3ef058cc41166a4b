import Foundation

/// What was measured of the console, and how it compares with the goals.
struct ConsoleResults {
  /// What is moved in all three programs.
  enum Move: CaseIterable, Hashable {
    case line
    case page

    var title: String { self == .line ? "a line down" : "a page down" }
    var console: String { self == .line ? "j" : "\u{6}" }
    var less: String { self == .line ? "j" : " " }
    var visidata: String { self == .line ? "j" : "\u{6}" }
  }

  enum Program: CaseIterable, Hashable {
    case dovetail
    case less
    case visidata

    var title: String {
      switch self {
      case .dovetail: "the console"
      case .less: "`less`"
      case .visidata: "visidata"
      }
    }
  }

  private struct Row: Hashable {
    let move: Move
    let program: Program
  }

  let partitions: Int
  let machine: Machine
  /// From the start to the last byte of the first frame.
  var firstFrame = Duration.zero
  /// From then until everything was listed and shown.
  var loaded = Duration.zero
  /// Of each letter of a filter.
  var letters: [Duration] = []
  /// Of each new order of the list.
  var orders: [Duration] = []
  /// The share of one processor that was used while nothing happened.
  var idleLoad = 0.0
  /// The resident set in the end, and its largest extent, in bytes.
  var memory = (now: 0, peak: 0)
  private var moves: [Row: [Duration]] = [:]

  init(partitions: Int, machine: Machine) {
    self.partitions = partitions
    self.machine = machine
  }

  mutating func add(_ time: Duration, _ move: Move, of program: Program) {
    moves[Row(move: move, program: program), default: []].append(time)
  }

  /// A table of times, one of the goals, and the machine.
  var markdown: String {
    """
    \(partitions.formatted(.number.locale(Locale(identifier: "en_US")))) partitions, all of them pending; 140 columns, 45 rows.

    | from a key to the last byte of the frame | median | 99 of 100 | slowest | keys |
    |---|--:|--:|--:|--:|
    \(lines.joined(separator: "\n"))

    | goal | at most | measured | |
    |---|--:|--:|---|
    \(goals.joined(separator: "\n"))

    Everything was listed and shown \(seconds(loaded)) after the first frame; the largest resident set was \
    \(memory.peak / 1_048_576) MiB.

    \(machine.description)

    """
  }

  private var lines: [String] {
    let moved = Move.allCases.flatMap { move in
      Program.allCases.compactMap { program in
        moves[Row(move: move, program: program)].map { line("\(program.title): \(move.title)", $0) }
      }
    }
    return moved + [
      line("the console: a letter of a filter", letters),
      line("the console: another order of the list", orders),
    ]
  }

  private func line(_ name: String, _ times: [Duration]) -> String {
    "| \(name) | \(milliseconds(share(0.5, times))) | \(milliseconds(share(0.99, times))) "
      + "| \(milliseconds(times.max() ?? .zero)) | \(times.count) |"
  }

  private var goals: [String] {
    let scrolled = Move.allCases.flatMap { moves[Row(move: $0, program: .dovetail)] ?? [] }
    let kinds = [
      ("scrolling and paging", scrolled), ("filtering", letters), ("sorting", orders),
    ]
    var goals = kinds.flatMap { name, times in
      [
        goal("\(name), median", 3, share(0.5, times) / .milliseconds(1), "ms"),
        goal("\(name), 99 of 100", 16, share(0.99, times) / .milliseconds(1), "ms"),
      ]
    }
    goals.append(goal("first frame", 100, firstFrame / .milliseconds(1), "ms"))
    goals.append(goal("processor time while nothing happens", 0, idleLoad * 100, "%"))
    goals.append(goal("resident set", 300, Double(memory.now) / 1_048_576, "MiB"))
    return goals
  }

  private func goal(_ name: String, _ limit: Double, _ measured: Double, _ unit: String) -> String {
    "| \(name) | \(String(format: "%.0f", limit)) \(unit) | \(String(format: "%.1f", measured)) \(unit) "
      + "| \(measured <= limit ? "met" : "missed") |"
  }

  /// The time that so large a share of all is not above.
  private func share(_ part: Double, _ times: [Duration]) -> Duration {
    let sorted = times.sorted()
    guard !sorted.isEmpty else { return .zero }
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
  }

  private func milliseconds(_ time: Duration) -> String {
    String(format: "%.1f ms", time / .milliseconds(1))
  }

  private func seconds(_ time: Duration) -> String { String(format: "%.1f s", time / .seconds(1)) }
}
