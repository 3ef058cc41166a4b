import Cells

extension CommandTable {
  /// The commands of the detail pane.
  static let details: [Command] = [
    Command(
      .detail, [.character("\\")], "Detail pane",
      "Shows or hides the pane beside a list with the account of the selected row; it takes "
        + "\(Model.detailWidth) columns.",
      whyDisabled: { $0.whyNotWide }, changes: { $0.toggleDetail() }),
    Command(
      .detailUp, [.alt("k")], "Scroll the detail up",
      "Scrolls the detail pane up by a line; with a number before it, by so many.",
      whyDisabled: { $0.whyNoDetail },
      changes: { $0.scrollDetail(by: -($0.count ?? 1)) }),
    Command(
      .detailDown, [.alt("j")], "Scroll the detail down",
      "Scrolls the detail pane down by a line; with a number before it, by so many.",
      whyDisabled: { $0.whyNoDetail },
      changes: { $0.scrollDetail(by: $0.count ?? 1) }),
  ]
}
