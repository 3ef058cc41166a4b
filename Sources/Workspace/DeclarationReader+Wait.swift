import IncrementalJoin

/// Which inputs a pending partition waits for, as spelled in the file.
private enum WaitWord: String, CaseIterable {
  case any
  case all
}

extension DeclarationReader {
  /// Reads `wait: all` or `wait: { for: all, of: window, deadline: 36h }`; with a mistake, waits for nothing.
  mutating func wait(of field: DeclaredField?, job: String) -> (WaitPolicy, scope: Position?) {
    guard let field, check(field, is: [.text, .mapping]) else { return (.anyChange, nil) }
    guard field.value.kind == .mapping else {
      let word = word(of: field, default: WaitWord.any, noun: "wait policy")
      return (word == .all ? .allInputs(deadline: nil) : .anyChange, nil)
    }
    guard
      let fields = fields(
        of: field, in: .wait(job: job), at: field.namePosition, required: ["for"],
        optional: ["of", "deadline"])
    else { return (.anyChange, nil) }
    let word = word(of: fields["for"], default: WaitWord.any, noun: "wait policy")
    let scope = self.word(of: fields["of"], default: WaitScope.partition, noun: "part of an input")
    let deadline = duration(of: fields["deadline"])
    if word == .all {
      return (
        .allInputs(of: scope ?? .partition, deadline: deadline), fields["of"]?.namePosition
      )
    }
    // A missing or unknown word has already been reported.
    for name in ["of", "deadline"] {
      guard let unused = fields[name], fields["for"] != nil, word == .any else { continue }
      report(.unusedWithoutWait(name), at: unused.namePosition)
    }
    return (.anyChange, nil)
  }
}
