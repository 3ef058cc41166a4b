import IncrementalJoin

/// An argument that is well written and yet cannot be used: found only after the command line was
/// read, so that no usage text would help.
struct UsageError: CategorizedError, CustomStringConvertible {
  var category: ErrorCategory { .usage }
  let description: String

  init(_ description: String) { self.description = description }
}
