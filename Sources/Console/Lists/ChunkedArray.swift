/// An array in pieces: who keeps a copy makes a later change copy one piece, and not everything.
struct ChunkedArray<Element> {
  /// The elements of a piece; the last piece may have fewer.
  private static var size: Int { 512 }

  private var chunks: [[Element]]
  /// How many elements there are.
  let count: Int

  init(_ elements: [Element] = []) {
    count = elements.count
    chunks = stride(from: 0, to: elements.count, by: Self.size).map { start in
      Array(elements[start..<Swift.min(start + Self.size, elements.count)])
    }
  }
}

extension ChunkedArray: Sendable where Element: Sendable {}

extension ChunkedArray: RandomAccessCollection, MutableCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(_ index: Int) -> Element {
    get { chunks[index / Self.size][index % Self.size] }
    _modify { yield &chunks[index / Self.size][index % Self.size] }
  }
}
