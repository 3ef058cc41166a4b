import Cells
import Wording

/// The help of a screen, generated from the command table.
enum HelpOverlay {
  /// The columns of the help's text, keys included.
  static func columns(_ size: Size) -> Int { min(size.columns, 100) - 2 }

  /// The rows of text that fit.
  static func rows(_ size: Size) -> Int { max(1, size.rows - 5) }

  static func lines(for model: Model) -> [Line] {
    let commands = CommandTable.all.filter {
      $0.screens.contains(model.screen) && $0.isOffered(model)
    }
    let own = commands.filter { $0.screens != Screen.allCases }
    let general = commands.filter { $0.screens == Screen.allCases }
    return own.flatMap { lines($0, model) } + [Line()] + general.flatMap { lines($0, model) }
  }

  private static func lines(_ command: Command, _ model: Model) -> [Line] {
    let why = command.whyDisabled(model)
    let text = why.map { "\(command.help) Not now: \($0)." } ?? command.help
    let keyWidth = 17
    return text.wrapped(toColumns: columns(model.size) - keyWidth - 3).enumerated().map {
      number, text in
      Line(" ").column(number == 0 ? command.keyNames : "", keyWidth, why == nil ? .key : .dim)
        .adding(text, why == nil ? .plain : .dim)
    }
  }
}
