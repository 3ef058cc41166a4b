import Testing

/// Expects an error to have a sentence.
func expect(
  _ error: any CustomStringConvertible, _ sentence: String,
  at location: SourceLocation = #_sourceLocation
) {
  #expect(error.description == sentence, sourceLocation: location)
}
