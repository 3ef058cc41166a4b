import PartitionPredicate
import Reports
import Synchronization

/// The answer of a command that was given `--json`: one value, written when the command ends; if it failed, the value
/// includes the reason.
enum Answer {
  private struct State {
    var isJSON = false
    var value: String?
    var isOver = false
  }

  private static let state = Mutex(State())

  /// Determines whether the arguments ask for JSON, even if they cannot be parsed.
  static func expect(_ arguments: [String]) {
    let isJSON = arguments.prefix { $0 != "--" }.contains { $0.exact == "--json" }
    state.withLock { $0.isJSON = isJSON }
  }

  /// Keeps a JSON text as the answer, replacing an earlier one.
  static func hold(_ value: String) { state.withLock { $0.value = value } }

  /// Writes the answer once; later calls write nothing.
  ///
  /// - Parameter failure: Why the command failed; nil when it did not, or when the answer already says why.
  /// - Throws: `EncodingError`.
  static func write(_ failure: @autoclosure () -> FailureJSON? = nil) throws {
    let (isJSON, value) = state.withLock { state -> (Bool, String?) in
      defer { state.isOver = true }
      return state.isOver ? (false, nil) : (state.isJSON, state.value)
    }
    guard isJSON || value != nil else { return }
    guard let failure = failure() else {
      if let value { StandardStream.output.write(value + "\n") }
      return
    }
    let error = "\"error\" : \(try Report.text(of: failure))"
    StandardStream.output.write(value.map { combined($0, error) } ?? "{\(error)}\n")
  }

  /// Adds the reason to an object as one more key; any other value is wrapped in an object.
  private static func combined(_ value: String, _ error: String) -> String {
    value.exact.begins(with: "{")
      ? "{\n  \(error),\(value.dropFirst())\n" : "{\n  \"answer\" : \(value),\n  \(error)\n}\n"
  }
}

/// The JSON of why a command, or the work on one job, failed.
struct FailureJSON: Encodable, Hashable {
  /// The exit status that this failure alone would have.
  let status: Int32
  /// The sentence for people.
  let message: String
}
