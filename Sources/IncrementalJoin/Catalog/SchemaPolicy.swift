/// What a data file may do whose columns are not the table's.
///
/// Whatever differs is reported with the file. A column of another type is refused by every policy.
public enum SchemaPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Any difference fails the work unit.
  case strict
  /// A new column is left out and reported; a missing one fails the work unit.
  case additive
  /// A new column is left out, a missing one reads as NULL; both are reported.
  case lenient
}
