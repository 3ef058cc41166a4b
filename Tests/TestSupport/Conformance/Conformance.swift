public import Testing

/// One thing that every implementation of a seam does.
public struct Conformance<Subject: Sendable>: Sendable, CustomTestStringConvertible {
  private let rule: String
  private let body: @Sendable (Subject) async throws -> Void

  init(_ rule: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
    self.rule = rule
    self.body = body
  }

  /// What it does, as a sentence.
  public var testDescription: String { rule }

  /// Expects it of an implementation that was made for this alone; throws what that throws.
  public func check(_ subject: Subject) async throws { try await body(subject) }
}
