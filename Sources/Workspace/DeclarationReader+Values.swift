extension DeclarationReader {
  /// A duration such as `15m`; nil when the field is missing or has a mistake.
  mutating func duration(of field: DeclaredField?) -> Duration? {
    guard let field, let text = text(of: field) else { return nil }
    guard let duration = DeclaredQuantity.duration(text.value) else {
      report(.badDuration(key: field.name, text.value), at: text.position)
      return nil
    }
    return duration
  }

  /// A size such as `4GiB`, in bytes; nil when the field is missing or has a mistake.
  mutating func size(of field: DeclaredField?) -> Int64? {
    guard let field, let text = text(of: field) else { return nil }
    guard let size = DeclaredQuantity.size(text.value) else {
      report(.badSize(key: field.name, text.value), at: text.position)
      return nil
    }
    return size
  }

  /// A whole number; nil when the field is missing or has a mistake.
  mutating func count(of field: DeclaredField?, atLeast least: Int) -> Int? {
    guard let field, let text = text(of: field) else { return nil }
    guard let count = Int(text.value), count >= least else {
      report(.badCount(key: field.name, text.value, atLeast: least), at: text.position)
      return nil
    }
    return count
  }

  /// A share from 0 to 1; nil when the field is missing or has a mistake.
  mutating func share(of field: DeclaredField?) -> Double? {
    guard let field, let text = text(of: field) else { return nil }
    guard let share = Double(text.value), (0...1).contains(share) else {
      report(.badShare(key: field.name, text.value), at: text.position)
      return nil
    }
    return share
  }

  /// `true` or `false`; nil when the field is missing or has a mistake.
  mutating func flag(of field: DeclaredField?) -> Bool? {
    guard let field, let text = text(of: field) else { return nil }
    guard let flag = Bool(text.value) else {
      report(.badFlag(key: field.name, text.value), at: text.position)
      return nil
    }
    return flag
  }
}
