/// The characters that are not text, in Unicode or in ASCII.
struct Symbols {
  let ellipsis: String
  let expanded: String
  let collapsed: String
  let mark: String
  let separator: String
  let horizontal: Character
  let vertical: String
  let corners: [String]
  let barFull: String
  let barEmpty: String
  /// A bar on an axis, whose rest looks like no status of a partition.
  let axisFull: String
  let axisEmpty: String
  /// What a batch does first, and then; `barFull` is the last.
  let barFirst: String
  let barSecond: String
  let current: String
  let breakpoint: String
  let selected: String
  let notSelected: String

  static let unicode = Symbols(
    ellipsis: "…", expanded: "▾", collapsed: "▸", mark: "✓", separator: " · ", horizontal: "─",
    vertical: "│", corners: ["┌", "┐", "└", "┘"], barFull: "█", barEmpty: "░",
    axisFull: "━", axisEmpty: "─", barFirst: "▒", barSecond: "▓", current: "▸",
    breakpoint: "●", selected: "✓", notSelected: "·")

  static let ascii = Symbols(
    ellipsis: "...", expanded: "-", collapsed: "+", mark: "*", separator: ", ", horizontal: "-",
    vertical: "|", corners: ["+", "+", "+", "+"], barFull: "#", barEmpty: ".",
    axisFull: "#", axisEmpty: ".", barFirst: "-", barSecond: "=", current: ">",
    breakpoint: "*", selected: "+", notSelected: "-")
}
