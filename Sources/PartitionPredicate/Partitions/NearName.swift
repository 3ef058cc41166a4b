/// The search for the name that a mistyped one probably meant.
public enum NearName {
  /// The nearest of some names.
  ///
  /// - Parameters:
  ///   - name: The mistyped one.
  ///   - names: Those that there are.
  /// - Returns: nil when none is near: the same but for case, at most one typing error in three
  ///   characters away, or the only one that begins with three characters or more that were typed.
  public static func of(_ name: String, in names: [String]) -> String? {
    let wanted = Array(name.exact.lowercased.text.unicodeScalars.prefix(80))
    let nearest = names.map {
      ($0, distance(wanted, Array($0.exact.lowercased.text.unicodeScalars)))
    }
    .min { $0.1 < $1.1 }
    guard let (near, errors) = nearest, errors <= max(1, wanted.count / 3) else {
      let begun = names.filter {
        $0.exact.lowercased.text.unicodeScalars.starts(with: wanted)
      }
      return wanted.count >= 3 && begun.count == 1 ? begun.first : nil
    }
    // Of a very short name nothing would be left.
    return errors < max(wanted.count, 1) ? near : nil
  }

  /// Damerau and Levenshtein's distance: insertions, deletions, replacements and swaps of neighbors.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
