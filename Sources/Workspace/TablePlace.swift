import PartitionPredicate

/// Where lines can be added below `tables:` of a `dovetail.yaml`.
struct TablePlace {
  /// How many lines of the file stand before them.
  let line: Int
  /// The blanks before the name of a table.
  let indent: Int
  /// What has to come first: `tables:` where the file does not have it.
  var heading: [String] = []

  /// Finds the place behind the last table and the comments that belong to it; nil when the file is not written line by
  /// line there, as `tables: {}` is not.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - root: Its document; nil when there is none.
  init?(in source: SourceText, _ root: YAMLValue?) {
    guard let root, root.kind != .nothing else {
      line = Self.end(of: source, before: source.lines.count, from: 0, below: -1)
      indent = 2
      heading = ["tables:"]
      return
    }
    guard root.isBlock, let first = root.pairs.first else { return nil }
    let outer = first.key.position.column - 1
    guard let index = root.pairs.firstIndex(where: { $0.key.text?.exact == "tables" }) else {
      line = Self.end(of: source, before: source.lines.count, from: 0, below: -1)
      indent = outer + 2
      heading = ["", String(repeating: " ", count: outer) + "tables:"]
      return
    }
    let (key, value) = root.pairs[index]
    let isEmpty = value.plainNull?.exact == ""
    guard isEmpty || value.isBlock else { return nil }
    let rest = root.pairs[(index + 1)...]
    line = Self.end(
      of: source, before: rest.first.map { $0.key.position.line - 1 } ?? source.lines.count,
      from: key.position.line, below: outer)
    indent = value.pairs.first.map { $0.key.position.column - 1 } ?? outer + 2
  }

  /// How many lines there are up to the last one that belongs to a section: neither empty, nor the end of the document,
  /// nor a comment that is not indented further than the section's key and so may be about the next one.
  private static func end(
    of source: SourceText, before next: Int, from first: Int, below outer: Int
  ) -> Int {
    var end = next
    while end > first {
      let scalars = source.lines[end - 1].unicodeScalars
      let text = scalars.drop { $0 == " " || $0 == "\t" }
      let indent = scalars.count - text.count
      let isComment = text.first == "#" && indent <= outer
      if !text.isEmpty, !isComment, !source.lines[end - 1].exact.begins(with: "...") { break }
      end -= 1
    }
    return end
  }
}
