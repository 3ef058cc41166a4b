import Cells
import Foundation
import Testing

@testable import Console

@Suite("Colors can be read, and the screen can be repainted")
struct ThemeTests {
  @Test("every color stands out against the background that it is for")
  func contrast() throws {
    for tint in Tint.all {
      for color in [tint.onLight, tint.safeOnLight] {
        #expect(contrast(color, 255) >= 4.5, "\(color) on white")
      }
      for color in [tint.onDark, tint.safeOnDark] {
        #expect(contrast(color, 0) >= 3, "\(color) on black")
      }
    }
    // What this is about: yellow on white.
    #expect(contrast(Tint.warning.onDark, 255) < 2.5)
  }

  @Test("T goes through the themes: dark, light, the same two for the color-blind, no colors")
  func themes() async throws {
    var session = try await Session(World.story())
    var colors: [Set<Color>] = []
    for _ in 0..<6 {
      colors.append(Set(session.frame.cells.map(\.style.foreground)))
      session.press("T")
    }
    #expect(session.text.contains("Theme: light"))
    #expect(colors[0].contains(.yellow))
    #expect(colors[1].contains(.indexed(94)) && !colors[1].contains(.yellow))
    #expect(colors[2].contains(.indexed(214)) && !colors[2].contains(.indexed(94)))
    #expect(colors[3].contains(.indexed(130)) && !colors[3].contains(.indexed(214)))
    #expect(colors[4] == [.default])
    #expect(colors[5].contains(.yellow) && !colors[5].contains(.indexed(94)))
  }

  @Test("without colors there is no theme to choose")
  func withoutColors() async throws {
    var session = try await Session(World.story(), appearance: Appearance(color: false))
    session.press("T")
    #expect(session.text.contains("Change the theme: the terminal shows no colors"))
  }

  @Test("the theme follows the terminal's background where that is known")
  func background() {
    #expect(ColorTheme(colorFGBG: nil) == .dark)
    #expect(ColorTheme(colorFGBG: "15;0") == .dark)
    #expect(ColorTheme(colorFGBG: "0;15") == .light)
    #expect(ColorTheme(colorFGBG: "0;default;15") == .light)
    #expect(ColorTheme(colorFGBG: "x") == .dark)
  }

  @Test("Ctrl-L repaints, in a dialog, a filter and an editor too")
  func repaint() async throws {
    var session = try await Session(World.story())
    for keys in [[], ["?"], ["Esc", "4", "/"], ["Esc", "5", "e"]] {
      for key in keys { session.press(key) }
      _ = session.take()
      let text = session.text
      session.press("Ctrl-L")
      #expect(session.take() == [.repaint])
      #expect(session.text == text)
    }
  }

  /// The contrast of a color with a gray background, as WCAG defines it.
  private func contrast(_ color: Color, _ gray: UInt8) -> Double {
    func luminance(_ rgb: [UInt8]) -> Double {
      zip(rgb, [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
        let value = Double(part.0) / 255
        return sum + part.1 * (value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
      }
    }
    let rgb = color.rgb ?? RGB(0, 0, 0)
    let one = luminance([rgb.red, rgb.green, rgb.blue])
    let other = luminance([gray, gray, gray])
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }
}
