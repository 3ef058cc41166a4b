import Cells
import Wording

/// The column of partition names in a list.
///
/// It is as wide as the longest name. Where there is less room, the beginning shared by all visible names moves to the
/// heading, and the column gets narrower. Where that is not enough, the keys move there too, and the rows have only the
/// values. What still does not fit is cut in the middle. Below the list stands the whole name of the selected row. A list that is scrolled sideways
/// shows all names in full.
struct NameColumn: Equatable {
  /// The width of the names in columns.
  private(set) var width: Int
  /// The rows below the list for the whole name of the selected row; 0 where all names fit.
  let wholeNameRows: Int
  /// How far the list can be scrolled sideways; 0 where all names fit.
  let furthest: Int
  /// How far it is scrolled.
  let shift: Int
  /// What is left out of every name.
  private(set) var prefix = ""
  /// The keys, `day/hour`, when the rows show only the values; empty where the rows have the keys too.
  private(set) var keys = ""

  /// - Parameters:
  ///   - longest: The width of the list's longest name.
  ///   - others: The width that the other columns need.
  ///   - columns: The width of the list.
  ///   - shift: The columns by which the list is scrolled sideways.
  init(longest: Int, besides others: Int, columns: Int, shift: Int) {
    let room = max(columns * 2 / 5, columns - others)
    let fits = longest <= room
    furthest = fits ? 0 : longest
    self.shift = min(shift, furthest)
    wholeNameRows = fits ? 0 : min(3, (longest + max(1, columns) - 1) / max(1, columns))
    width = max(Self.title.columns, fits || self.shift > 0 ? longest : room)
  }

  private static let title = "Partition"
  /// The columns that the heading keeps at most for the last folder of the beginning of all names.
  private static let lastFolder = 24

  /// What stands above the names.
  var heading: String {
    let title = keys.isEmpty ? Self.title : keys
    return prefix.isEmpty ? title : "\(title) in \(prefix)"
  }

  /// The heading, or the beginning of the names alone where there is no room for more.
  fileprivate var fittingHeading: String {
    [heading, "in \(prefix)"].first { prefix.isEmpty || $0.columns <= width } ?? prefix
  }

  /// What is drawn of a name.
  func text(_ name: String) -> String {
    keys.isEmpty ? rest(of: name) : Self.parts(rest(of: name)).map(\.value).joined(separator: "/")
  }

  private func rest(of name: String) -> String {
    String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// The keys and values of folders such as `day=1/hour=2`; a folder without a key is a value.
  private static func parts(_ name: String) -> [(key: String, value: String)] {
    name.utf8.split(separator: UInt8(ascii: "/")).map { folder in
      let sign = folder.firstIndex(of: UInt8(ascii: "="))
      return (
        sign.map { String(decoding: folder[..<$0], as: UTF8.self) } ?? "",
        String(
          decoding: folder[(sign.map(folder.index(after:)) ?? folder.startIndex)...], as: UTF8.self)
      )
    }
  }

  /// Leaves out the beginning that these visible names share; nothing where names are shown in full.
  mutating func leaveOutWhatIsShared(by names: [String]) {
    guard furthest > 0, shift == 0, let first = names.first else { return }
    prefix = Self.sharedFolders(names)
    if Self.longest(names.lazy.map(rest)) > width {
      keys = Self.parts(rest(of: first)).map(\.key).joined(separator: "/")
    }
    // What is left of the names needs no more room than they have, so that other columns get it.
    let folder = prefix.utf8.dropLast().lastIndex(of: UInt8(ascii: "/")).map {
      String(decoding: prefix.utf8[prefix.utf8.index(after: $0)...], as: UTF8.self)
    }
    let needed = max(
      Self.longest(names.lazy.map(text)), prefix.isEmpty ? heading.columns : Self.title.columns,
      // With what stands for the folders before it.
      min(Self.lastFolder, folder.map { $0.columns + 4 } ?? prefix.columns))
    // Names of other lengths that scroll into sight do not move the other columns at every step.
    width = min(width, (needed + 3) / 4 * 4)
  }

  /// The folders that all names begin with, with the last slash; empty where they share none.
  static func sharedFolders(_ names: [String]) -> String {
    guard let first = names.first else { return "" }
    return names.reduce(folders(first, first)) { folders($0, $1) }
  }

  /// The folders that two names begin with; the last part of a name is not a folder.
  private static func folders(_ one: String, _ other: String) -> String {
    var length = 0
    for (index, pair) in zip(one.utf8, other.utf8).enumerated() {
      guard pair.0 == pair.1 else { break }
      if pair.0 == UInt8(ascii: "/") { length = index + 1 }
    }
    return String(decoding: one.utf8.prefix(length), as: UTF8.self)
  }

  /// The area of the list's rows, and that of the selected row's whole name.
  func split(_ rect: Rect) -> (list: Rect, name: Rect) {
    var list = rect
    let name = list.cutBottom(min(wholeNameRows, max(0, rect.rows - 1)))
    return (list, name)
  }

  /// The width of the longest of many names.
  static func longest(_ names: some Sequence<String>) -> Int {
    names.reduce(0) { max($0, $1.columns) }
  }
}

extension Line {
  /// The line with a partition's name added.
  func name(_ name: String, _ names: NameColumn, _ role: Role = .plain) -> Line {
    cutInTheMiddle(names.text(name), names.width, role)
  }

  /// The line with the heading of the names added.
  func heading(_ names: NameColumn) -> Line {
    var line = cutInTheMiddle(names.fittingHeading, names.width, .header)
    line.spans[line.spans.count - 2].losesFolders = true
    return line
  }

  /// The line with a column added that is cut in the middle when it is too narrow.
  func cutInTheMiddle(_ text: String, _ width: Int, _ role: Role) -> Line {
    var line = column(text, width, role)
    line.spans[line.spans.count - 2].losesMiddle = true
    return line
  }
}

extension Canvas {
  /// Draws the visible rows of a list with names, its heading, and, where names are cut, the whole `name` of the
  /// selected row below it.
  mutating func draw(
    _ list: ListState, _ names: NameColumn, count: Int, in rect: Rect, columns: Rect,
    placeRow: Int? = nil, name: (Int) -> String?, heading: (NameColumn) -> Line,
    row: (Int, NameColumn) -> Line
  ) {
    let (rows, below) = names.split(rect)
    var names = names
    names.leaveOutWhatIsShared(
      by: list.window(count: count, height: rows.rows).compactMap(name))
    draw(heading(names), in: columns, row: 0, shift: names.shift)
    draw(list, count: count, in: rows, placeRow: placeRow, shift: names.shift) { row($0, names) }
    guard below.rows > 0, count > 0, let name = name(max(0, min(list.index, count - 1))) else {
      return
    }
    let whole = name.elided(
      toColumns: below.columns * below.rows, ellipsis: theme.symbols.ellipsis)
    for row in 0..<below.rows {
      draw(Line(whole.dropping(columns: row * below.columns), .key), in: below, row: row)
    }
  }
}
