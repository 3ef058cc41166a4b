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
  /// What was asked for ahead, by the place of a table; nil of a file that cannot be read.
  private var digests: [Location: [DataFile: String?]] = [:]
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

  /// Asks for the digests that comparing inputs with versions will take, many at a time.
  mutating func lookAhead(_ pairs: [(PendingInput, VersionReference?)]) async {
    var wanted: [Location: [DataFile]] = [:]
    for (input, reference) in pairs {
      guard let reference, let now = input.version, let before = consumed[reference],
        !isSame(VersionReference(now), as: reference)
      else { continue }
      wanted[input.input.table.location, default: []] += FileComparison(before, now.files).open
        .filter { $0.old.digest != nil && $0.new.digest == nil }.map { $0.new }
    }
    for (location, open) in wanted {
      let found = await files.digests(of: open, in: location)
      for (file, digest) in zip(open, found) {
        digests[location, default: [:]].updateValue(digest, forKey: file)
      }
    }
  }

  private func isSame(_ current: VersionReference, as reference: VersionReference) -> Bool {
    current == reference || same[reference]?.contains(current) == true
  }

  /// How an input differs from one of its versions; nil stands for no files.
  mutating func changes(
    of input: PendingInput, since reference: VersionReference?, isComplete: Bool
  ) async -> [FileChange] {
    let current = input.version.map { VersionReference($0) }
    if current == reference { return [] }
    if let reference, let current, isSame(current, as: reference) { return [] }
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
    // In one of several partitions a moved file would be another row of that one.
    if input.isAlone { comparison.forgetMoved() }
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

  /// Whether the digests of two files are known and of the same content; one that cannot be read counts as rewritten.
  private func hasSameContent(
    _ new: DataFile, as old: DataFile, in location: Location
  ) async -> Bool {
    guard let digest = old.digest else { return false }
    var now = new.digest
    if now == nil, let asked = digests[location]?[new] {
      now = asked
    } else if now == nil {
      now = try? await files.digest(of: new, in: location)
    }
    guard let now else { return false }
    return ContentDigest(now.exact).isSameContent(as: ContentDigest(digest.exact))
  }
}
