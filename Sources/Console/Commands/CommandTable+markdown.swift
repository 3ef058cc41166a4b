import Cells

extension CommandTable {
  /// The page docs/keys.md, which is generated from the table.
  public static var markdown: String {
    var lines = [
      "# Keys of the console",
      "",
      "Generated from the console's command table; do not edit by hand.",
      "In the console `?` shows the keys of the screen, and `:` runs a command by its name.",
      "",
      "| Keys | Name | What it does | Screens | Asks first |",
      "|---|---|---|---|---|",
    ]
    for command in all {
      let keys = command.keys.map { "`\($0.name)`" }.joined(separator: ", ")
      let screens =
        command.isDebugger
        ? "debugger"
        : command.screens == Screen.allCases
          ? "all" : command.screens.map { $0.title.lowercased() }.joined(separator: ", ")
      let danger = command.danger == .none ? "" : command.danger.rawValue
      lines.append(
        "| \(keys) | `\(command.id.rawValue)` | \(command.help) | \(screens) | \(danger) |")
    }
    return (lines + [""] + dialogs + [""] + notes).joined(separator: "\n") + "\n"
  }

  /// The keys of what lies over a screen.
  private static var dialogs: [String] {
    [
      "## Dialogs, reports and text fields", "",
      "| Keys | Name | What it does | Where |", "|---|---|---|---|",
    ]
      + DialogAction.allCases.map { action in
        let keys = action.keys.map { key in
          // A character that would end the cell.
          key == .character("|") ? "`\\|`" : "`\(key.name)`"
        }
        let places =
          action.contexts == DialogContext.allCases
          ? "all" : action.contexts.map(\.rawValue).joined(separator: ", ")
        let cells = [
          keys.joined(separator: ", "), "`\(action.rawValue)`", action.help, places,
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }
  }

  private static let notes = [
    "In a dialog the focus starts on the safe answer: `Left`, `Right` or `Tab` move it, `Enter`",
    "takes it, `y` means yes, and `n`, `q` or `Esc` mean no. Where the job's name has to be typed,",
    "`Enter` takes it and `Esc` means no. In a text field `Ctrl-U` clears the line, `Ctrl-W` the last",
    "word, and `Esc` or `Ctrl-C` closes it. Pasted text goes into the text field that is open, and is",
    "never a command. The debugger is opened with `Enter` on a partition of the predicate screen.",
    "",
    "The mouse: the wheel scrolls, a click selects a row or a tab, a second click opens the row.",
    "Hold Shift to select text with the terminal's own selection.",
    "",
    "Other keys stand in `config.yaml`, by the names in these tables: see",
    "[settings](guide/console.md#settings).",
  ]
}
