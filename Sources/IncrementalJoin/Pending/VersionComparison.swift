import PartitionPredicate

/// Compares what inputs have now with versions that a ledger knows, and records which ones only their content showed to
/// be the same.
struct VersionComparison {
  private let files: any FileStore
  /// The files of the versions that are compared with.
  private let consumed: [VersionReference: [DataFile]]
  /// The versions that were found to have the same content, by this comparison or an earlier one.
  private(set) var same: [VersionReference: Set<VersionReference>]
  /// What digests found to have the content of a version, with these digests.
  private(set) var confirmed: [VersionReference: PartitionVersion] = [:]
  /// What was found, since many output partitions may have consumed one version and read another one.
  private var found: [Pair: [FileChange]] = [:]

  private struct Pair: Hashable {
    let input: ExactText
    let before: VersionReference
    let now: VersionReference?
  }

  init(
    files: any FileStore, consumed: [VersionReference: [DataFile]],
    same: [VersionReference: Set<VersionReference>]
  ) {
    self.files = files
    self.consumed = consumed
    self.same = same
  }

  /// How an input differs from one of its versions; nil stands for no files.
  mutating func changes(
    of input: PendingInput, since reference: VersionReference?, isComplete: Bool
  ) async -> [FileChange] {
    let current = input.version.map { VersionReference($0) }
    if current == reference { return [] }
    if let reference, let current, same[reference]?.contains(current) == true { return [] }
    let pair = reference.map { Pair(input: input.input.name.exact, before: $0, now: current) }
    var changes: [FileChange]
    if let pair, let known = found[pair] {
      changes = known
    } else {
      changes = await compare(input, reference)
      if let pair { found[pair] = changes }
    }
    // What an incomplete listing did not see does not count as deleted.
    if !isComplete { changes.removeAll { $0.kind == .removed } }
    return changes
  }

  private mutating func compare(
    _ input: PendingInput, _ reference: VersionReference?
  ) async -> [FileChange] {
    let now = input.version
    let before = reference.flatMap { consumed[$0] } ?? []
    var comparison = FileComparison(before, now?.files ?? [])
    var rewritten: [DataFile] = []
    for (old, new) in comparison.open {
      if await !hasSameContent(new, as: old, in: input.input.table.location) {
        rewritten.append(new)
      }
    }
    comparison.add(rewritten: rewritten)
    if let reference, let now, comparison.changes.isEmpty {
      confirmed[reference] = now.withDigests(of: before)
      same[reference, default: []].insert(VersionReference(now))
    }
    return comparison.changes
  }

  /// Whether the digests of two files are known and equal; one that cannot be read counts as rewritten.
  private func hasSameContent(
    _ new: DataFile, as old: DataFile, in location: Location
  ) async -> Bool {
    guard let digest = old.digest else { return false }
    if let now = new.digest { return now == digest }
    return await (try? files.digest(of: new, in: location)) == digest
  }
}
