import PartitionPredicate
import Synchronization

/// The columns in which text was met that DuckDB spells in another way, such as `7.0` in a BIGINT.
///
/// Looking at such text takes expressions that are long to plan, and most tables have none of it. So a
/// statement is first planned without them; a column that turns out to need them has them from then on.
final class OtherSpellings: Sendable {
  /// A column of an input.
  struct Place: Hashable {
    @ExactText var input: String
    @ExactText var column: String
  }

  private let places = Mutex<Set<Place>>([])

  private static let prefix = "dovetail: text that is spelled in another way"
  private static let separator: Unicode.Scalar = "\u{1F}"

  /// The columns of an input that are known to have other spellings.
  func columns(of input: String) -> Set<ExactText> {
    places.withLock { Set($0.lazy.filter { $0.input.exact == input.exact }.map(\.column.exact)) }
  }

  /// The SQL of the error for text that has to be looked at.
  ///
  /// - Parameters:
  ///   - input: The input's name.
  ///   - column: The name of a column of its table.
  ///   - text: An expression that is not NULL; it keeps DuckDB from raising the error while it plans.
  /// - Returns: The expression.
  static func miss(input: String, column: String, text: String) -> String {
    let parts = [prefix, input, column].joined(separator: String(separator))
    return "error(concat(\(parts.sqlLiteral), left(CAST(\(text) AS VARCHAR), 0)))"
  }

  /// Notes the column that an error is about.
  ///
  /// - Returns: The column; a statement that was planned before it was known may succeed when it is planned
  ///   again. nil for any other error.
  func note(_ error: DatabaseError) -> Place? {
    guard error.message.exact.begins(with: Self.prefix.exact) else { return nil }
    let parts = error.message.exact.parts(separatedBy: Self.separator, omittingEmpty: false)
    guard parts.count == 3 else { return nil }
    let place = Place(input: parts[1].text, column: parts[2].text)
    places.withLock { _ = $0.insert(place) }
    return place
  }
}
