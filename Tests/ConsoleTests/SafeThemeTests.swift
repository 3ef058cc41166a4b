import Cells
import Charts
import Foundation
import Testing

@testable import Console

@Suite("Colors that the color-blind tell apart")
struct SafeThemeTests {
  /// How somebody sees: the matrices of Machado, Oliveira and Fernandes (2009) at full severity, over linear RGB.
  enum Sight: CaseIterable {
    case usual, protanopia, deuteranopia, tritanopia

    var rows: [[Double]] {
      switch self {
      case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .protanopia:
        [
          [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
          [-0.003882, -0.048116, 1.051998],
        ]
      case .deuteranopia:
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
          [-0.011820, 0.042940, 0.968881],
        ]
      case .tritanopia:
        [
          [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
          [0.004733, 0.691367, 0.303900],
        ]
      }
    }

    private static func times(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
      rows.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// A color as it is seen, in CIE L*a*b* under D65.
    private func lab(_ color: RGB) -> [Double] {
      let linear = [color.red, color.green, color.blue].map { part -> Double in
        let value = Double(part) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      let seen = Self.times(rows, linear).map { min(1, max(0, $0)) }
      let xyz = Self.times(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen)
      let parts = zip(xyz, [0.9505, 1, 1.089]).map { part, white -> Double in
        let share = part / white
        return share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116
      }
      return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
    }

    /// How different two colors look: 2 is just noticed.
    func distance(_ left: RGB, _ right: RGB) -> Double {
      let squares = zip(lab(left), lab(right)).map { ($0 - $1) * ($0 - $1) }
      return squares.reduce(0, +).squareRoot()
    }
  }

  /// The smallest difference between any two colors of a theme.
  private func leastDistance(_ theme: ColorTheme, _ sight: Sight) throws -> Double {
    let colors = try Tint.all.map { try #require($0.color(in: theme).rgb) }
    var least = Double.infinity
    for (index, color) in colors.enumerated() {
      for other in colors[(index + 1)...] { least = min(least, sight.distance(color, other)) }
    }
    return least
  }

  @Test(
    "any two differ by ten times what is just noticed, however somebody sees",
    arguments: Sight.allCases)
  func distances(_ sight: Sight) throws {
    for theme in [ColorTheme.safe, .safeLight] {
      #expect(try leastDistance(theme, sight) > 20, "\(theme)")
    }
  }

  @Test("which those of the other themes do not")
  func others() throws {
    #expect(try leastDistance(.dark, .protanopia) < 5)
    #expect(try leastDistance(.light, .deuteranopia) < 5)
  }

  @Test("on a terminal of 8 colors they are still different ones, for a dark background")
  func eight() {
    let colors = Tint.all.map { $0.color(in: .safe).degraded(to: 8) }
    #expect(colors == [.white, .cyan, .yellow, .red])
  }

  @Test("what has another color has another character, too", arguments: [true, false])
  func characters(_ unicode: Bool) {
    let glyphs = Dictionary(grouping: PartitionStatus.allCases) { $0.glyph(unicode: unicode) }
    for (glyph, statuses) in glyphs {
      #expect(Set(statuses.map(\.role)).count == 1, "\(glyph): \(statuses)")
    }
  }
}
