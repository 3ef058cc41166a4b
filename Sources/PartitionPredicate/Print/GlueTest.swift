/// A comparison of one key with literals.
struct GlueTest {
  /// The index of the key.
  let key: Int
  let name: String
  let condition: Condition

  enum Condition {
    /// `=` or IN, with the literals as they are written.
    case values([ExactText])
    /// Any other comparison, as it is written behind the name.
    case other(String)
  }

  var text: String {
    switch condition {
    case .values(let values):
      values.count == 1
        ? "\(name) = \(values[0])" : "\(name) IN (\(values.joined(separator: ", ")))"
    case .other(let text): "\(name) \(text)"
    }
  }
}
