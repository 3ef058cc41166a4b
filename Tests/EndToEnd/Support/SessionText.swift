import Foundation

/// Lines that a command printed, or that a document shows, without what is different each time: instants,
/// ids, seconds, sizes of written files and who it was.
struct SessionText {
  private let lines: [String]

  init(_ lines: [String]) {
    self.lines = lines.map { line in
      line.replacing(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/, with: "INSTANT")
        .replacing(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, with: "UUID")
        .replacing(/\b[0-9a-f]{12}\b/, with: "ID")
        .replacing("less than 0.1 s", with: "about 0.1 s")
        .replacing(/\d+\.\d+ s\b/, with: "SECONDS")
        // On a busy machine it is ten seconds and more, which are written without tenths, or minutes.
        .replacing(/\b(took|in|plan|stage|publish|commit) (\d+ s|\d+:\d\d min)\b/) {
          "\($0.1) SECONDS"
        }
        .replacing(/\([\d,]+ rows\/s\)/, with: "(ROWS/S)")
        .replacing(/[\d,]+(\.\d+)? (bytes|B|kB|MB)\b/, with: "SIZE")
        // The bars of where the time went.
        .replacing(/\d+ % +[#.]+/, with: "SHARE")
        .replacing(" \(NSUserName())", with: " ada")
        .split(separator: " ").joined(separator: " ")
    }
  }

  /// Whether these are the lines of a pattern, in which `...` stands for any number of lines.
  func fits(_ pattern: SessionText) -> Bool {
    Self.fits(lines[...], pattern.lines[...])
  }

  private static func fits(_ lines: ArraySlice<String>, _ pattern: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return lines.isEmpty }
    if first == "..." {
      return lines.indices.contains { fits(lines[$0...], pattern.dropFirst()) }
        || pattern.count == 1
    }
    return lines.first == first && fits(lines.dropFirst(), pattern.dropFirst())
  }
}
