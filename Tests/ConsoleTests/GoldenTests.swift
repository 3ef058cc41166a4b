import Cells
import Console
import Testing

@Suite("The screens look as their goldens")
struct GoldenTests {
  /// A size and an appearance in which every scene is kept.
  enum Variant: String, CaseIterable, Sendable {
    case normal = "80x24"
    case large = "120x40"
    case small = "60x16"
    case safe = "80x24-safe"
    case monochrome = "80x24-mono"
    case ascii = "80x24-ascii"

    var size: Size {
      switch self {
      case .normal, .safe, .monochrome, .ascii: Size(columns: 80, rows: 24)
      case .large: Size(columns: 120, rows: 40)
      case .small: Size(columns: 60, rows: 16)
      }
    }

    var appearance: Appearance {
      switch self {
      case .normal, .large, .small: Appearance()
      case .safe: Appearance(theme: .safe)
      case .monochrome: Appearance(color: false)
      case .ascii: Appearance(color: false, unicode: false)
      }
    }
  }

  @Test("every scene in every size and appearance", arguments: Fixture.allCases, Variant.allCases)
  func scene(_ scene: Fixture, _ variant: Variant) async throws {
    let session = try await scene.session(variant.appearance, variant.size)
    try Golden.check(session.frame, "\(scene.rawValue)-\(variant.rawValue)")
  }

  @Test("a terminal that is too small is told its size and the size that is needed")
  func tooSmall() async throws {
    let size = Size(columns: 40, rows: 10)
    let session = try await Fixture.overview.session(Appearance(), size)
    try Golden.check(session.frame, "too-small-40x10")
    #expect(session.text.contains("40x10"))
    #expect(session.text.contains("60x16"))
  }

  @Test("ASCII means ASCII", arguments: Fixture.allCases)
  func ascii(_ scene: Fixture) async throws {
    let session = try await scene.session(
      Appearance(color: false, unicode: false), Size(columns: 120, rows: 40))
    #expect(session.text.unicodeScalars.filter { !$0.isASCII }.isEmpty)
  }

  @Test("NO_COLOR means that no cell has a color", arguments: Fixture.allCases)
  func monochrome(_ scene: Fixture) async throws {
    let session = try await scene.session(
      Appearance(color: false), Size(columns: 120, rows: 40))
    let colored = session.frame.cells.filter {
      $0.style.foreground != .default || $0.style.background != .default
    }
    #expect(colored.isEmpty)
  }
}
