import CNcurses
import Cells

extension Style {
  /// The attributes as a set of bits for ncurses.
  var attributes: UInt32 {
    let all: [(Bool, dt_attribute)] = [
      (bold, DT_BOLD), (dim, DT_DIM), (underline, DT_UNDERLINE), (reverse, DT_REVERSE),
      (italic, DT_ITALIC),
    ]
    return all.reduce(0) { $1.0 ? $0 | $1.1.rawValue : $0 }
  }
}
