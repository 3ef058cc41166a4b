import PartitionPredicate

/// Which of the present files count as consumed, by what another tool says of them.
public struct ConsumedFiles: Hashable, Sendable {
  /// The source of the information, in words: `the Glue job nightly after run jr_16cd`.
  public let origin: String
  /// As a listing saw them, by input name; all files of an input that has no entry count as consumed.
  public let files: [String: [DataFile]]  // characters: input names are ASCII

  /// Names the files.
  public init(origin: String, files: [String: [DataFile]]) {  // characters: input names are ASCII
    self.origin = origin
    self.files = files
  }

  /// The versions of exactly the consumed files, by input name; an input without any has none.
  func versions(in current: [String: PartitionVersion]) -> [String: PartitionVersion] {
    let byPath = files.mapValues { files in
      Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    }
    return current.reduce(into: [:]) { versions, entry in
      let (input, version) = entry
      guard let consumed = byPath[input] else { return versions[input] = version }
      // A file that was rewritten since it was judged is a different file.
      versions[input] = version.filter { consumed[$0.path]?.hasSameStamps(as: $0) == true }
    }
  }
}
