public import Reports

/// What an operation would do.
public struct OperationPreview: Equatable, Sendable {
  /// What is shown before the operator confirms.
  public let report: TextReport
  /// The id with which the operation is performed; nil when it has none.
  public let expected: String?
  /// Whether there is nothing to do.
  public let isEmpty: Bool

  /// Creates a preview.
  public init(report: TextReport, expected: String? = nil, isEmpty: Bool = false) {
    self.report = report
    self.expected = expected
    self.isEmpty = isEmpty
  }
}
