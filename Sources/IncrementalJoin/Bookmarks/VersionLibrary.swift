public import PartitionPredicate

/// Versions by their references, with their files and members, all read from a ledger in one go.
public struct VersionLibrary: Sendable {
  private let members: [VersionReference: [ExactText: VersionReference]]
  private let files: [VersionReference: [DataFile]]

  /// Reads versions through two functions that answer as a `LedgerReader` does.
  ///
  /// - Throws: what the two functions throw.
  public init(
    _ references: [VersionReference],
    members: ([VersionReference]) throws -> [VersionReference: [ExactText: VersionReference]],
    files: ([VersionReference]) throws -> [VersionReference: [DataFile]]
  ) rethrows {
    self.members = try members(references)
    let single = Set(references).subtracting(self.members.keys)
      .union(self.members.values.flatMap(\.values))
    self.files = try files(Array(single))
  }

  init(_ ledger: any LedgerReader, _ references: [VersionReference]) throws {
    try self.init(
      references, members: { try ledger.members(of: $0) }, files: { try ledger.files(of: $0) })
  }

  /// A version as far as it is known; nil when nothing is.
  public subscript(_ reference: VersionReference) -> PartitionVersion? {
    guard let members = members[reference] else {
      return files[reference].map { PartitionVersion(files: $0) }
    }
    let known = members.compactMap { path, member in
      self[member].map { PartitionVersion.Member(path: path, version: $0) }
    }
    return known.isEmpty ? nil : PartitionVersion(members: known)
  }

  subscript(_ position: Position?) -> [String: PartitionVersion] {
    self[position?.inputs ?? [:]]
  }

  subscript(_ inputs: [String: VersionReference]) -> [String: PartitionVersion] {
    inputs.compactMapValues { self[$0] }
  }
}
