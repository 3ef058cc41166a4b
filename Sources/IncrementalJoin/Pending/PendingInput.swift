public import PartitionPredicate

/// One input of a pending partition: what it is now.
public struct PendingInput: Hashable, Sendable {
  /// The job's input, which knows its table.
  public let input: JobInput
  /// The partition that names the input's part to people: its own, or the first of those that are read.
  public let partition: Partition
  /// Whether it is known that at most this one partition is read.
  public let isAlone: Bool
  /// The partitions with files that are read together, each one once, in time order.
  public let members: ArraySlice<Member>
  /// The places of those members that may have rows of the output partition's own span; the others are its halo.
  public let core: Range<Int>
  /// What there is to read of all of them; nil when the input has no file in any.
  public let version: PartitionVersion?
  /// Whether it was listed; otherwise it lies outside of what is watched, and nothing else is known about it.
  public let isLookedAt: Bool
  /// A file in what is read that could not be listed, since its name is not UTF-8; the first in the order of the paths.
  var unread: UnreadName?

  /// One of the input's partitions.
  public struct Member: Hashable, Sendable {
    /// In the order of the input's own keys.
    public let partition: Partition
    /// Its files.
    public let listing: PartitionListing

    /// Creates a member.
    public init(partition: Partition, listing: PartitionListing) {
      self.partition = partition
      self.listing = listing
    }
  }

  /// Creates an input that reads several partitions, all of them in the output partition's own span.
  init(input: JobInput, members: [Member]) {
    self.init(
      input: input, partition: members[0].partition, isAlone: false, members: members[...],
      core: members.indices,
      version: PartitionVersion(
        members: members.map {
          PartitionVersion.Member(path: $0.partition.path, version: $0.listing.version)
        }))
  }

  init(
    input: JobInput, partition: Partition, isAlone: Bool, members: ArraySlice<Member>,
    core: Range<Int>, version: PartitionVersion?, isLookedAt: Bool = true
  ) {
    self.input = input
    self.partition = partition
    self.isAlone = isAlone
    self.members = members
    self.core = core
    self.version = version
    self.isLookedAt = isLookedAt
  }

  /// The partitions outside of the output partition's span, which are read for rows near its border.
  public var halo: [Member] { members.indices.filter { !core.contains($0) }.map { members[$0] } }

  /// The partition that is called like the output's, where nothing is read in its stead.
  ///
  /// - Parameter output: The output partition.
  /// - Returns: nil where several are read, or none is called so.
  public func own(of output: Partition) -> Partition? {
    if isAlone { return partition }
    return members.isEmpty && partition.reordered(to: output.keys) == output ? partition : nil
  }

  /// What happened to files, grouped by their partition.
  ///
  /// - Parameters:
  ///   - changes: The changes of all members.
  ///   - output: The output partition that reads them, if that matters.
  ///   - isHalo: Whether a partition that is not a member any more is outside of the output partition's span.
  /// - Returns: One for each partition, in order.
  func changes(
    _ changes: [FileChange], for output: Partition?, isHalo: (Partition) -> Bool
  ) -> [InputChange] {
    guard !isAlone else {
      return changes.isEmpty
        ? []
        : [
          InputChange(
            input: input.name, partition: partition, isNamed: false, isHalo: false, changes: changes
          )
        ]
    }
    let outside = Set(halo.map(\.partition))
    let present = Set(members.map(\.partition))
    return Dictionary(grouping: changes) { partition(of: $0.file) }.map { partition, changes in
      let isHalo = present.contains(partition) ? outside.contains(partition) : isHalo(partition)
      return InputChange(
        input: input.name, partition: partition, isNamed: isHalo || partition != output,
        isHalo: isHalo, changes: changes)
    }.sorted { $0.partition < $1.partition }
  }

  /// The partition that a file belongs to, by the folders that contain it; the output's own where they do not tell.
  func partition(of file: DataFile) -> Partition {
    let count = input.table.keys.count
    let folders = file.path.parts(separatedBy: "/").dropLast().suffix(count)
    let path = folders.isEmpty ? "." : folders.joined(separator: "/")
    if let partition = try? Partition(path: path, keys: input.table.keys) { return partition }
    // In a catalog, a partition may be anywhere.
    let owner = members.first { $0.listing.version.files.contains { $0.path == file.path } }
    return owner?.partition ?? partition
  }

  /// Hashes what it is called and its version: the members follow from it.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(input.name)
    hasher.combine(partition)
    hasher.combine(version)
  }
}
