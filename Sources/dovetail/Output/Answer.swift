import PartitionPredicate
import Reports
import Synchronization

/// What a command that was given `--json` answers: one value, written when the command ends, with the
/// reason in it when it failed.
enum Answer {
  private struct State {
    var isJSON = false
    var value: String?
    var isOver = false
  }

  private static let state = Mutex(State())

  /// Says whether the arguments ask for JSON, also those that cannot be read.
  static func expect(_ arguments: [String]) {
    let isJSON = arguments.prefix { $0 != "--" }.contains { $0.exact == "--json" }
    state.withLock { $0.isJSON = isJSON }
  }

  /// Keeps a JSON text as the answer, in the place of an earlier one.
  static func hold(_ value: String) { state.withLock { $0.value = value } }

  /// Writes the answer, once; who comes later writes nothing.
  ///
  /// - Parameter failure: Why the command failed; nil when it did not, or when the answer says it.
  /// - Throws: `EncodingError`.
  static func write(_ failure: FailureJSON? = nil) throws {
    let (isJSON, value) = state.withLock { state -> (Bool, String?) in
      defer { state.isOver = true }
      return state.isOver ? (false, nil) : (state.isJSON, state.value)
    }
    guard let failure, isJSON || value != nil else {
      if let value { StandardStream.output.write(value + "\n") }
      return
    }
    let error = "\"error\" : \(try Report.text(of: failure))"
    StandardStream.output.write(value.map { combined($0, error) } ?? "{\(error)}\n")
  }

  /// An object gets the reason as one more key; anything else becomes a part of an object.
  private static func combined(_ value: String, _ error: String) -> String {
    value.exact.begins(with: "{")
      ? "{\n  \(error),\(value.dropFirst())\n" : "{\n  \"answer\" : \(value),\n  \(error)\n}\n"
  }
}

/// The JSON of why a command, or the work on one job, failed.
struct FailureJSON: Encodable, Hashable {
  /// The exit status that it has alone.
  let status: Int32
  /// The sentence for people.
  let message: String
}
