import IncrementalJoin
import PartitionPredicate

extension Mistake: CustomStringConvertible {
  /// Four lines: position and sentence, the source line, a caret below the column, and a hint.
  public var description: String {
    let line = source.exact.replacing(every: "\t", with: " ").text.printable
    // The sanitized text before the column may be longer than the column number suggests.
    let before = ExactText(
      String(String.UnicodeScalarView(source.unicodeScalars.prefix(column - 1))))
    let excerpt = Self.excerpt(
      of: line, after: before.replacing(every: "\t", with: " ").text.printable)
    return """
      \(file.printable):\(self.line):\(column): error: \(kind.sentence)
        \(excerpt.text)
        \(String(repeating: " ", count: excerpt.indent))^
        hint: \(kind.hint)
      """
  }

  /// A line, or of a long one what is around a place in it, with the place's column in that.
  private static func excerpt(of line: String, after before: String) -> (text: String, indent: Int)
  {
    let scalars = Array(line.unicodeScalars)
    guard scalars.count > 240 else { return (line, before.count) }
    let start = before.unicodeScalars.count
    let from = start > 120 ? start - 60 : 0
    let end = min(scalars.count, from + 180)
    let text = String(String.UnicodeScalarView(scalars[min(from, end)..<end]))
    let mark = from > 0 ? "..." : ""
    return (mark + text + (end < scalars.count ? "..." : ""), start - from + mark.count)
  }
}

extension Mistake.Section: CustomStringConvertible {
  /// The section as sentences refer to it: `table flights`, `the join of job flights_weather`.
  public var description: String {
    switch self {
    case .file: "the file"
    case .table(let name): "table \(name.printable)"
    case .csv(let table): "the csv of table \(table.printable)"
    case .time(let table): "the time of table \(table.printable)"
    case .input(let name, let job): "input \(name.printable) of job \(job.printable)"
    case .asof: "asof"
    case .window(let name): name
    case .job(let name): "job \(name.printable)"
    case .join(let job): "the join of job \(job.printable)"
    case .output(let job): "the output of job \(job.printable)"
    case .wait(let job): "the wait of job \(job.printable)"
    case .limits(let job): "the limits of job \(job.printable)"
    case .hooks: "the hooks"
    case .store(let store): "store \(store.printable)"
    case .glue: "glue"
    }
  }
}
