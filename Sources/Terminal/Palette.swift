import CNcurses
import Cells

/// The color pairs, created as they are needed.
struct Palette {
  private struct Pair: Hashable {
    var foreground: Color
    var background: Color
  }

  private let colorCount: Int
  private var pairs: [Pair: Int32] = [:]

  /// A palette of 0, 8, 16 or 256 colors.
  init(colorCount: Int) {
    self.colorCount = colorCount
  }

  /// How many of the terminal's colors to use.
  static func count(supported: Int, environment: [String: String]) -> Int {
    guard environment["NO_COLOR", default: ""].isEmpty else { return 0 }
    return [256, 16, 8].first { $0 <= supported } ?? 0
  }

  /// ncurses' number for the colors of a style; 0, the defaults, when no pair is left.
  mutating func pair(_ style: Style) -> Int32 {
    let pair = Pair(
      foreground: style.foreground.degraded(to: colorCount),
      background: style.background.degraded(to: colorCount))
    if pair.foreground == .default, pair.background == .default { return 0 }
    if let number = pairs[pair] { return number }
    let next = Int32(pairs.count + 1)
    guard dt_set_pair(next, pair.foreground.number, pair.background.number) else { return 0 }
    pairs[pair] = next
    return next
  }
}

extension Color {
  /// The palette's number, -1 for the default, as ncurses wants it.
  fileprivate var number: Int32 {
    switch self {
    case .default: -1
    case .indexed(let index): Int32(index)
    }
  }
}
