/// Something in a job's definition or data that may be unintended.
public struct JobFinding: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable, Codable {
    /// Rows may be other ones than people expect.
    case warning
    /// Worth knowing.
    case note
  }

  /// How much it matters.
  public let severity: Severity
  /// The input that it is about.
  public let input: String
  /// What it is and what can be written instead, in sentences.
  public let message: String

  /// Creates a finding.
  public init(_ severity: Severity, input: String, _ message: String) {
    self.severity = severity
    self.input = input
    self.message = message
  }
}
