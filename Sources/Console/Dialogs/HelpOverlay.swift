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
        : found.flatMap { sentence($0, model) }
    }
    let blocks = groups.filter { !$0.commands.isEmpty }.map { group in
      [Line(" \(group.title)", .header)] + group.commands.map { label($0, model) }
    }
    return beside(blocks, columns: columns(model.size))
  }

  private static let keyWidth = 13
  /// The width that two columns need.
  private static let wide = 76

  private static func label(_ command: Command, _ model: Model) -> Line {
    let isDisabled = command.whyDisabled(model) != nil
    return Line(" ").column(command.keyNames, keyWidth, isDisabled ? .dim : .key)
      .adding(command.title, isDisabled ? .dim : .plain)
  }

  /// The blocks in two columns of about the same height, or one below the other.
  private static func beside(_ blocks: [[Line]], columns: Int) -> [Line] {
    guard columns >= wide else { return Array(blocks.joined(separator: [Line()])) }
    let height = blocks.reduce(0) { $0 + $1.count + 1 }
    var left: [Line] = []
    var right: [Line] = []
    for block in blocks {
      if right.isEmpty, left.count + block.count / 2 <= height / 2 {
        left += (left.isEmpty ? [] : [Line()]) + block
      } else {
        right += (right.isEmpty ? [] : [Line()]) + block
      }
    }
    let width = columns / 2
    return (0..<max(left.count, right.count)).map { row in
      let line = row < left.count ? left[row] : Line()
      guard row < right.count else { return line }
      return Line(spans: line.padded(toColumns: width).spans + right[row].spans)
    }
  }

  private static func sentence(_ command: Command, _ model: Model) -> [Line] {
    let why = command.whyDisabled(model)
    let text = "\(command.title): \(command.help)" + (why.map { " Not now: \($0)." } ?? "")
    let role: Role = why == nil ? .plain : .dim
    return text.wrapped(toColumns: columns(model.size) - keyWidth - 3).enumerated().map {
      number, text in
      Line(" ").column(number == 0 ? command.keyNames : "", keyWidth, why == nil ? .key : .dim)
        .adding(text, role)
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
