import Testing

extension Screen {
  /// Opens the console on a workspace, and waits for what it says there at first.
  static func console(
    on bench: Workbench, _ options: String = "", showing words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Screen {
    let screen = try await Screen(
      "\(Command.dovetail) -C \(bench.folder) \(options); echo ended with $?")
    try await screen.wait(for: words, sourceLocation: sourceLocation)
    return screen
  }

  /// Presses keys, and waits for what they bring.
  ///
  /// After `Escape` no key may follow at once: together they would be another key.
  func press(
    _ keys: String..., until words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for key in keys { try await press(key) }
    try await wait(for: words, sourceLocation: sourceLocation)
  }

  /// Types a text and takes it, and waits for what that brings.
  func enter(
    _ text: String, until words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await type(text)
    try await press("Enter", until: words, sourceLocation: sourceLocation)
  }

  /// Runs the plan that the preview shows, and waits for its end.
  func runPlan(
    until outcome: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await press("x", until: "[ Do not run ]", sourceLocation: sourceLocation)
    try await press("y", until: outcome, sourceLocation: sourceLocation)
    try await waitForEndOfRun(sourceLocation: sourceLocation)
  }

  /// Answers a question that takes the name of the job `j`, and waits for what comes of it.
  func confirm(
    _ question: String, until outcome: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await wait(sourceLocation: sourceLocation) {
      $0.contains(question) && $0.contains("Name of the job:")
    }
    try await enter("j", until: outcome, sourceLocation: sourceLocation)
    try await waitForEndOfRun(sourceLocation: sourceLocation)
  }
}
