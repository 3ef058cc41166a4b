/// What happens to a data file whose columns differ from the table's.
///
/// Every difference is reported with the file. Every policy refuses a column of another type.
public enum SchemaPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Any difference fails the work unit.
  case strict
  /// A new column is left out and reported; a missing one fails the work unit.
  case additive
  /// A new column is left out, a missing one reads as NULL; both are reported.
  case lenient
}
