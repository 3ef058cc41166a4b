/// The help of a screen, generated from the command table.
enum HelpOverlay {
  static func lines(for model: Model) -> [Line] {
    let commands = CommandTable.all.filter {
      $0.screens.contains(model.screen) && ($0.id != .demoNext || model.hasDemo)
    }
    let own = commands.filter { $0.screens != Screen.allCases }
    let general = commands.filter { $0.screens == Screen.allCases }
    return own.map { line($0, model) } + [Line()] + general.map { line($0, model) }
  }

  private static func line(_ command: Command, _ model: Model) -> Line {
    let why = command.whyDisabled(model)
    let line = Line(" ")
      .column(command.keyNames, 16, why == nil ? .key : .dim)
      .adding(command.help, why == nil ? .plain : .dim)
    return why.map { line.adding(" Not now: \($0).", .dim) } ?? line
  }
}
