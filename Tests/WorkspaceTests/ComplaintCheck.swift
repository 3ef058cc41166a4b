import TestSupport
import Testing

/// Expects that loading a file says exactly this.
func expectComplaint(
  about yaml: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let complaint = try TemporaryFolder().complaint(about: yaml)
  #expect(complaint == expected, sourceLocation: sourceLocation)
}
