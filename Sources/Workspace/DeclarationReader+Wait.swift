import IncrementalJoin

/// Which inputs a pending partition waits for, as the file spells it.
private enum WaitWord: String, CaseIterable {
  case any
  case all
}

extension DeclarationReader {
  /// Reads `wait: all` or `wait: { for: all, deadline: 36h }`; what is a mistake waits for nothing.
  mutating func wait(of field: Field?, job: String) -> WaitPolicy {
    guard let field, check(field, is: [.text, .mapping]) else { return .anyChange }
    guard field.value.shape == .mapping else {
      let word = word(of: field, default: WaitWord.any, noun: "wait policy")
      return word == .all ? .allInputs(deadline: nil) : .anyChange
    }
    guard
      let fields = fields(
        of: field, in: .wait(job: job), at: field.namePosition, required: ["for"],
        optional: ["deadline"])
    else { return .anyChange }
    let word = word(of: fields["for"], default: WaitWord.any, noun: "wait policy")
    let deadline = duration(of: fields["deadline"])
    if word == .all { return .allInputs(deadline: deadline) }
    // A missing or unknown word is reported already.
    if let unused = fields["deadline"], fields["for"] != nil, word == .any {
      report(.deadlineWithoutWait, at: unused.namePosition)
    }
    return .anyChange
  }
}
