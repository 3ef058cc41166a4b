import Cells
import Testing

@testable import Terminal

@Suite("Colors on poorer terminals")
struct ColorTests {
  @Test("a palette color becomes the nearest one that the terminal has")
  func degrades() {
    #expect(Color.indexed(196).degraded(to: 256) == .indexed(196))
    #expect(Color.indexed(231).degraded(to: 16) == .brightWhite)
    #expect(Color.indexed(234).degraded(to: 16) == .black)
    #expect(Color.brightRed.degraded(to: 8) == .red)
    #expect(Color.brightRed.degraded(to: 16) == .brightRed)
    #expect(Color.red.degraded(to: 0) == .default)
    #expect(Color.default.degraded(to: 8) == .default)
  }

  @Test("every palette color degrades to one below the count")
  func degradesAll() {
    for index in UInt8.min...UInt8.max {
      for count in [8, 16] {
        guard case .indexed(let result) = Color.indexed(index).degraded(to: count) else {
          Issue.record("color \(index) lost")
          continue
        }
        #expect(Int(result) < count)
      }
    }
  }

  @Test("the colors are counted in steps, and NO_COLOR means none unless it is empty")
  func counts() {
    #expect(Palette.count(supported: 256, environment: [:]) == 256)
    #expect(Palette.count(supported: 1 << 24, environment: ["NO_COLOR": ""]) == 256)
    #expect(Palette.count(supported: 88, environment: [:]) == 16)
    #expect(Palette.count(supported: 8, environment: [:]) == 8)
    #expect(Palette.count(supported: 2, environment: [:]) == 0)
    #expect(Palette.count(supported: 256, environment: ["NO_COLOR": "1"]) == 0)
  }
}
