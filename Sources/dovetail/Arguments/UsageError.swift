import IncrementalJoin

/// A well-formed argument that cannot be used, found only after the command line was parsed, so that the usage text
/// would not help.
struct UsageError: CategorizedError, CustomStringConvertible {
  var category: ErrorCategory { .usage }
  let description: String

  init(_ description: String) { self.description = description }
}
