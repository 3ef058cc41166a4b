import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// Reads `watch: 90d` or `watch: "day >= date '2026-01-01'"` of a table whose keys and time are known.
  mutating func watch(of field: DeclaredField?, in table: TableDeclaration) -> TableWatch? {
    guard let field, let keys = table.keys, let text = text(of: field) else { return nil }
    if let length = Duration(spelling: text.value) {
      if let time = table.time, time.keys.finest != nil { return .lately(length) }
      let name = table.name.value
      if !table.isTimeMistaken {
        report(
          .watch(
            table.time == nil
              ? .noTime(text.value, table: name) : .noTimeKey(text.value, table: name)),
          at: text.position)
      }
      return nil
    }
    do throws(PushdownPredicateError) {
      // The current day is determined at every listing.
      return .selected(try PushdownPredicate(text.value, keys: keys, today: 0))
    } catch {
      let isLength = text.value.utf8.first.map { (48...57).contains($0) } ?? false
      report(
        .watch(
          isLength ? .badLength(text.value) : .predicate(error, keys: keys.map(\.name))),
        at: isLength ? text.position : place(of: error, in: field))
      return nil
    }
  }

  /// The position in the file of a mistake in a predicate; if it spans several lines, the position of its start.
  private func place(of error: PushdownPredicateError, in field: DeclaredField) -> Position {
    let start = field.position
    let quote = field.value.isQuoted ? 1 : 0
    guard error.source.utf8.allSatisfy({ $0 != 10 }) else { return start }
    return Position(line: start.line, column: start.column + quote + error.column - 1)
  }
}
