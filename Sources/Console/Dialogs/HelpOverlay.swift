import Cells
import Wording

/// The help that is shown: how far it is scrolled, and the search text.
struct HelpView: Equatable, Sendable {
  var top = 0
  var filter = TextField()
  var isTyping = false
}

/// The help for a screen, generated from the command table.
///
/// A cheat sheet of keys with short labels, in two columns where they fit. A search result is shown with its whole
/// sentence, and with why it cannot be done now.
enum HelpOverlay {
  /// The width of the help text in columns, keys included.
  static func columns(_ size: Size) -> Int { min(size.columns, 100) - 2 }

  /// The rows of text that fit.
  static func rows(_ size: Size) -> Int { max(1, size.rows - 5) }

  /// The lines of the help in a single column.
  static func lines(_ view: HelpView, for model: Model) -> [Line] {
    let groups = model.commands.groups.map { group in
      (
        title: group.title,
        commands: group.commands.filter {
          $0.screens.contains(model.screen) && $0.isListed(model)
        }
      )
    }
    let words = SearchWords(view.filter.text)
    guard words.isEmpty else {
      let found = groups.flatMap { group in
        group.commands.filter { command in
          words.match("\(group.title) \(command.keyNames) \(command.title) \(command.help)")
        }
      }
      return found.isEmpty
        ? [Line(" No command of this screen has these words.", .dim)]
        : sentences(of: found, model)
    }
    return beside(groups.filter { !$0.commands.isEmpty }, model)
  }

  private typealias Group = (title: String, commands: [Command])

  /// The groups in two columns of about the same height where both have room for all names, or one below the other.
  private static func beside(_ groups: [Group], _ model: Model) -> [Line] {
    let height = groups.reduce(0) { $0 + $1.commands.count + 2 }
    var left: [Group] = []
    var used = 0
    for group in groups {
      guard used + (group.commands.count + 1) / 2 <= height / 2 else { break }
      left.append(group)
      used += group.commands.count + 2
    }
    let right = Array(groups.dropFirst(left.count))
    let (first, second) = (width(of: left), width(of: right))
    let room = columns(model.size)
    guard first + second <= room else { return lines(groups, model) }
    let halves = (lines(left, model), lines(right, model))
    // What is left over stands between the columns, so that the second begins in the middle where it can.
    let start = max(first, min(room / 2, room - second))
    return (0..<max(halves.0.count, halves.1.count)).map { row in
      let line = row < halves.0.count ? halves.0[row] : Line()
      guard row < halves.1.count else { return line }
      return Line(spans: line.padded(toColumns: start).spans + halves.1[row].spans)
    }
  }

  /// The columns of some groups with a blank on both sides.
  private static func width(of groups: [Group]) -> Int {
    let titles = groups.flatMap(\.commands).reduce(0) { max($0, $1.title.columns) }
    return 1 + keyWidth(groups) + 1 + titles + 1
  }

  /// The columns of the longest keys.
  private static func keyWidth(_ groups: [Group]) -> Int {
    groups.flatMap(\.commands).reduce(0) { max($0, $1.keyNames.columns) }
  }

  private static func lines(_ groups: [Group], _ model: Model) -> [Line] {
    let keys = keyWidth(groups)
    let blocks = groups.map { group in
      [Line(" \(group.title)", .header)]
        + group.commands.map { command in
          let isDisabled = command.whyDisabled(model) != nil
          return Line(" ").column(command.keyNames, keys, isDisabled ? .dim : .key)
            .adding(command.title, isDisabled ? .dim : .plain)
        }
    }
    return Array(blocks.joined(separator: [Line()]))
  }

  private static func sentences(of commands: [Command], _ model: Model) -> [Line] {
    let keys = commands.reduce(0) { max($0, $1.keyNames.columns) }
    return commands.flatMap { command in
      let why = command.whyDisabled(model)
      let text = "\(command.title): \(command.help)" + (why.map { " Not now: \($0)." } ?? "")
      let role: Role = why == nil ? .plain : .dim
      return text.wrapped(toColumns: columns(model.size) - keys - 3).enumerated().map {
        number, text in
        Line(" ").column(number == 0 ? command.keyNames : "", keys, why == nil ? .key : .dim)
          .adding(text, role)
      }
    }
  }
}

extension Model {
  /// Passes a key to the help.
  mutating func take(_ key: Key, in help: HelpView) -> [Effect] {
    var help = help
    let page = HelpOverlay.rows(size)
    func scroll(_ rows: Int) {
      let last = max(0, HelpOverlay.lines(help, for: self).count - page)
      help.top = max(0, min(help.top + rows, last))
    }
    if help.isTyping {
      switch key {
      case .enter: help.isTyping = false
      case .escape, .control("c"): help = HelpView()
      default: if help.filter.take(key) { help.top = 0 }
      }
      dialog = .help(help)
      return []
    }
    switch key {
    case .escape where !help.filter.text.isEmpty: help = HelpView()
    case .escape, .character("q"), .character("?"), .enter, .control("c"):
      dialog = nil
      return []
    case .character("/"): help.isTyping = true
    case .down, .character("j"): scroll(1)
    case .up, .character("k"): scroll(-1)
    case .pageDown, .control("f"), .character(" "): scroll(page)
    case .pageUp, .control("b"): scroll(-page)
    case .control("d"): scroll(max(1, page / 2))
    case .control("u"): scroll(-max(1, page / 2))
    case .home, .character("g"): help.top = 0
    case .end, .character("G"): scroll(.max / 2)
    default: break
    }
    dialog = .help(help)
    return []
  }
}
