import IncrementalJoin

/// An engine that knows the rows of files by their full paths, as text.
struct FakeRows: RowComparing {
  /// The rows of every file that can be read.
  var rows: [String: [String]] = [:]
  /// Throws this for every file.
  var failure: (any Error)?
  /// The inputs whose rows were digested, in order.
  let digested = CallLog()

  func matches(of unit: JoinUnit) async throws -> [InputMatch] { [] }

  func hasSameRows(_ files: [String], as others: [String]) async throws -> Bool {
    try read(files) == read(others)
  }

  func difference(from old: [String], to new: [String], key: [String], samples: Int) async throws
    -> RowDifference
  {
    throw EngineError.failed("this engine compares no rows")
  }

  func rowDigest(of input: JoinUnit.Input) async throws -> String {
    digested.add("\(input.name) \(input.members[0].partition)")
    return try read(input.files).joined(separator: ",")
  }

  private func read(_ files: [String]) throws -> [String] {
    if let failure { throw failure }
    return try files.flatMap { file in
      guard let found = rows[file] else {
        throw EngineError.unreadableFile(path: file, reason: "it is truncated")
      }
      return found
    }.sorted()
  }
}
