import PartitionPredicate

/// The names of a file's columns, or of the fields of one object, as a table can have them.
struct ColumnNames {
  let names: [String]
  /// The names that lead to the object, with dots.
  var prefix = ""

  /// Why a file with these names is refused; nil when it is not.
  ///
  /// Names ignore case, as in SQL, so that two that differ only in case are one.
  var problem: String? {
    var seen: [ExactText: String] = [:]
    for name in names {
      let place = prefix.isEmpty ? "" : " of \"\(prefix)\""
      if name.isEmpty {
        return "a column\(place) has no name. Give it one in the file."
      }
      if name.utf8.contains(0) {
        return "the name of a column\(place) holds a zero byte. Rename it in the file."
      }
      guard let first = seen.updateValue(name, forKey: name.exact.lowercased) else { continue }
      let full = prefix.isEmpty ? name : "\(prefix).\(name)"
      let both =
        first.exact == name.exact
        ? "the column \"\(full)\" occurs twice"
        : "the columns \"\(first)\" and \"\(name)\"\(place) differ only in case, which names ignore"
      return "\(both). Rename one of them in the file."
    }
    return nil
  }
}

extension JSONStructure {
  /// Why a file of this structure is refused for a name inside its fields; nil when it is not.
  func nameProblem(below prefix: String = "") -> String? {
    switch self {
    case .scalar: return nil
    case .array(let element): return element.nameProblem(below: prefix)
    case .object(let fields):
      if let problem = ColumnNames(names: fields.map(\.name), prefix: prefix).problem {
        return problem
      }
      for field in fields {
        let path = prefix.isEmpty ? field.name : "\(prefix).\(field.name)"
        if let problem = field.value.nameProblem(below: path) { return problem }
      }
      return nil
    }
  }

  /// The JSON pointers of the objects inside, but for those in lists.
  func objects(below pointer: String = "") -> [String] {
    guard case .object(let fields) = self else { return [] }
    return [pointer] + fields.flatMap { $0.value.objects(below: pointer + $0.name.jsonPointer) }
  }
}
