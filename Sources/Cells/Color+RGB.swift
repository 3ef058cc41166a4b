extension Color {
  /// The palette entry's color; nil for the terminal's default.
  ///
  /// The first 16 are a dark theme's usual shades (terminals let people choose theirs); the cube and
  /// the grays are xterm's.
  public var rgb: RGB? {
    guard case .indexed(let index) = self else { return nil }
    switch index {
    case 0..<16:
      return Self.ansiColors[Int(index)]
    case 16..<232:
      let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
      let cube = Int(index) - 16
      return RGB(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    default:
      let gray = 8 + 10 * (index - 232)
      return RGB(gray, gray, gray)
    }
  }

  /// The nearest color among the first `count` palette entries: itself with 256, an ANSI color
  /// with 16 or 8, and the default when there are fewer than 8.
  public func degraded(to count: Int) -> Color {
    guard case .indexed(let index) = self, let rgb else { return self }
    guard count >= 8 else { return .default }
    if Int(index) < count { return self }
    if index < 16 { return .indexed(index - 8) }
    let candidates = UInt8(0)..<(count >= 16 ? 16 : 8)
    let nearest = candidates.min { left, right in
      rgb.distance(to: Self.ansiColors[Int(left)]) < rgb.distance(to: Self.ansiColors[Int(right)])
    }
    return nearest.map(Color.indexed) ?? .default
  }

  private static let ansiColors: [RGB] = [
    RGB(0x1d, 0x1f, 0x26), RGB(0xe0, 0x6c, 0x75), RGB(0x98, 0xc3, 0x79), RGB(0xe5, 0xc0, 0x7b),
    RGB(0x61, 0xaf, 0xef), RGB(0xc6, 0x78, 0xdd), RGB(0x56, 0xb6, 0xc2), RGB(0xc8, 0xcc, 0xd4),
    RGB(0x7f, 0x84, 0x8e), RGB(0xff, 0x7b, 0x86), RGB(0xb5, 0xe0, 0x90), RGB(0xff, 0xd7, 0x8a),
    RGB(0x82, 0xc4, 0xff), RGB(0xdd, 0x92, 0xf2), RGB(0x70, 0xd3, 0xdf), RGB(0xff, 0xff, 0xff),
  ]
}
