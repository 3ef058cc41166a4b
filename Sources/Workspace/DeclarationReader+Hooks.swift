extension DeclarationReader {
  mutating func hooks(of field: DeclaredField?) -> Hooks {
    // As with `jobs:`, an empty value is what remains when all hooks are commented out.
    guard let field, field.value.kind != .nothing,
      let fields = fields(
        of: field, in: .hooks, at: field.namePosition, required: [],
        optional: ["on_run_finished"]),
      let entry = fields["on_run_finished"], let command = text(of: entry)
    else { return Hooks() }
    guard !command.value.allSatisfy(\.isWhitespace) else {
      report(.empty(key: entry.name, entry.role), at: command.position)
      return Hooks()
    }
    return Hooks(runFinished: command.value)
  }
}
