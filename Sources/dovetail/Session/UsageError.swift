/// An argument that is well written and yet cannot be used: found only after the command line was
/// read, so that no usage text would help.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
