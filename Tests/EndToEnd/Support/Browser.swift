import Foundation
import Testing

/// A real browser without a window, with a profile of its own.
struct Browser: Sendable {
  static let program = "chromium-headless-shell"

  /// Where it may keep what it likes, and puts its pictures.
  let folder: String

  /// The document as the browser has read it.
  func dom(of path: String) async throws -> String {
    try await run(["--dump-dom", "file://\(path)"])
  }

  /// What the browser shows, of a window of 1360 times 2000 pixels.
  func picture(of path: String, dark: Bool, at place: String? = nil) async throws -> Pixels {
    let file = place ?? "\(folder).png"
    _ = try await run(
      [
        "--screenshot=\(file)", "--window-size=1360,2000", "--hide-scrollbars",
        // 0 is dark, 1 is light.
        "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)", "file://\(path)",
      ])
    let counted = try await Command.run(
      "/usr/bin/env", ["python3", "-c", Self.reader, file])
    try #require(counted.status == 0, Comment(rawValue: counted.stderr))
    return try JSONDecoder().decode(Pixels.self, from: Data(counted.stdout.utf8))
  }

  private func run(_ arguments: [String]) async throws -> String {
    // Root has no sandbox to go into.
    let finished = try await Command.run(
      "/usr/bin/env",
      [Self.program, "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder)"] + arguments)
    try #require(finished.status == 0, Comment(rawValue: finished.stderr))
    return finished.stdout
  }

  /// Reads a PNG of 8 bits and three colors, as the browser writes it: its first pixel, and how many there are of each
  /// color.
  private static let reader = """
    import collections, json, struct, sys, zlib
    data = open(sys.argv[1], 'rb').read()
    place, packed = 8, b''
    while place < len(data):
        length, kind = struct.unpack('>I4s', data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        if kind == b'IHDR':
            width, height, depth, colors = struct.unpack('>IIBB', body[:10])
            assert (depth, colors) == (8, 2), 'not 8 bits of RGB'
        if kind == b'IDAT': packed += body
        place += 12 + length
    raw, stride, last, rows = zlib.decompress(packed), width * 3, bytearray(width * 3), []
    for row in range(height):
        filter, line = raw[row * (stride + 1)], bytearray(raw[row * (stride + 1) + 1:(row + 1) * (stride + 1)])
        for i in range(stride if filter else 0):
            a, b, c = line[i - 3] if i > 2 else 0, last[i], last[i - 3] if i > 2 else 0
            p = a + b - c
            paeth = min((abs(p - x), k, x) for k, x in enumerate((a, b, c)))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, paeth)[filter]) % 256
        rows.append(line)
        last = line
    counts = collections.Counter(bytes(line[i:i + 3]).hex() for line in rows for i in range(0, stride, 3))
    print(json.dumps({'first': list(rows[0][:3]), 'counts': dict(counts)}))
    """
}

/// The colors of a picture.
struct Pixels: Decodable, Sendable {
  /// Red, green and blue of the pixel at the top left.
  let first: [UInt8]
  private let counts: [String: Int]

  /// How many pixels have a color, as six hexadecimal digits.
  func count(of color: String) -> Int { counts[color] ?? 0 }
}
