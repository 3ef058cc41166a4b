import Cells
import IncrementalJoin
import Wording

/// The bands of the screen, from top to bottom.
struct Layout {
  /// The smallest size that the screens fit.
  static let minimum = Size(columns: 60, rows: 16)

  let size: Size
  let title: Rect
  let tabs: Rect
  let content: Rect
  let status: Rect
  let footer: Rect

  init(_ size: Size) {
    self.size = size
    var rest = Rect(origin: Position(column: 0, row: 0), size: size)
    title = rest.cutTop(1)
    tabs = rest.cutTop(1)
    footer = rest.cutBottom(1)
    status = rest.cutBottom(1)
    content = rest
  }

  var isLargeEnough: Bool {
    size.columns >= Self.minimum.columns && size.rows >= Self.minimum.rows
  }
}
