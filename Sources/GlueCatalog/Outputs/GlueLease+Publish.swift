import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

extension GlueLease {
  func token(published partition: Partition) async throws(PublishError) -> StoreToken? {
    try await known()[partition.path]?.place.token
  }

  func files(published partition: Partition) async throws(PublishError) -> [DataFile] {
    guard let version = try await known()[partition.path] else { return [] }
    return try await requests.files(of: version.place, places)
  }

  func publish(
    _ action: PublishAction, run: RunID, partition: Partition
  ) async throws(PublishError) {
    let errors = await publish([PartitionAction(action, on: partition)], run: run)
    if let error = errors.first ?? nil { throw error }
  }

  /// Carries out actions with few requests: one asks where the partitions lie now, and one writes up to 100 of them.
  func publish(_ actions: [PartitionAction], run: RunID) async -> [PublishError?] {
    do throws(PublishError) {
      return try await carryOut(actions, of: run)
    } catch {
      return actions.map { _ in error }
    }
  }

  /// What was published is durable when the catalog has answered.
  func flush(_ partitions: [Partition]) {}

  func recover(
    _ action: PublishAction, run: RunID, partition: Partition
  ) async throws(PublishError) -> PublishState {
    try await lock.check()
    let now = try await look(at: [partition])[partition.path]?.place.token
    let isKept = try await version(kept: run, partition) != nil
    switch action {
    case .publish(let staged, _) where now == staged:
      try settle(run, partition)
      return .done
    case .remove where now == nil && isKept: return .done
    case _ where now == action.replaced && doubtful.contains(partition.path):
      throw .system(
        operation: "look what became of", path: "\(catalog.name) \(partition.path)",
        reason:
          "the catalog has not answered the request that publishes it, and may still carry it out")
    case _ where now == action.replaced:
      try await forget(run, partition)
      return .notDone
    default: return .unknown
    }
  }

  func foreignEntries(
    among files: [Partition: [DataFile]]
  ) async throws(PublishError) -> [ForeignCatalogEntry] {
    let known = try await known()
    var entries: [ForeignCatalogEntry] = []
    let own = Dictionary(files.map { ($0.key.path, $0) }, uniquingKeysWith: { $1 })
    for (path, (partition, files)) in own.sorted(by: { $0.key < $1.key }) {
      let place = known[path]?.place
      let expected = files.first.map { VersionPlace(output.location.folder($0.path).parent) }
      guard place != expected else { continue }
      entries.append(
        ForeignCatalogEntry(partition: partition, place: place?.token.text, name: path))
    }
    for (path, version) in known.sorted(by: { $0.key < $1.key }) where own[path] == nil {
      let partition = try? Partition(path: path, keys: output.keys)
      entries.append(
        ForeignCatalogEntry(partition: partition, place: version.place.token.text, name: path))
    }
    return entries
      + foreign.map { partition in
        ForeignCatalogEntry(
          partition: nil, place: PublishedVersion(partition.storage, [:]).place.token.text,
          name: partition.values.map(\.exact).joined(separator: ", "))
      }
  }
}

extension GlueLease {
  /// What the catalog has, from one listing of all of it.
  func known() async throws(PublishError) -> [ExactText: PublishedVersion] {
    if let published { return published }
    let listed: [CatalogPartition]
    if output.keys.isEmpty {
      listed = []
      published = published ?? whole
    } else {
      listed = try await catalog.partitions()
    }
    // Another task may have listed and published meanwhile.
    if let published { return published }
    var known: [ExactText: PublishedVersion] = [:]
    for entry in listed {
      if let partition = Partition(catalog: entry.values, keys: output.keys) {
        known[partition.path] = PublishedVersion(entry.storage, entry.parameters)
      } else {
        foreign.append(entry)
      }
    }
    published = known
    return known
  }

  /// Asks where partitions lie now.
  private func look(
    at partitions: [Partition]
  ) async throws(PublishError) -> [ExactText: PublishedVersion] {
    var found: [ExactText: PublishedVersion] = [:]
    if output.keys.isEmpty {
      table = try await catalog.table()
      found = whole
    } else {
      for entry in try await catalog.partitions(partitions.map(\.catalogValues)) {
        guard let partition = Partition(catalog: entry.values, keys: output.keys) else { continue }
        found[partition.path] = PublishedVersion(entry.storage, entry.parameters)
      }
    }
    for partition in partitions { published?[partition.path] = found[partition.path] }
    return found
  }

  /// What a table without keys has; at the output's own location there is nothing.
  private var whole: [ExactText: PublishedVersion] {
    guard let table else { return [:] }
    let version = PublishedVersion(table.storage, table.parameters)
    return version.place == VersionPlace(output.location) ? [:] : [".": version]
  }

  private func carryOut(
    _ actions: [PartitionAction], of run: RunID
  ) async throws(PublishError) -> [PublishError?] {
    try await lock.check()
    let present = try await look(at: actions.map(\.partition))
    var errors = [PublishError?](repeating: nil, count: actions.count)
    var changes: [PartitionChange] = []
    for (index, action) in actions.enumerated() {
      let (partition, path) = (action.partition, action.partition.path)
      let replaced = present[path]
      guard replaced?.place.token == action.action.replaced else {
        errors[index] = .outputChanged(
          path: replaced.map { "\($0.place.token)" } ?? output.location.file(path))
        continue
      }
      var new: StagedVersion?
      if case .publish(let token, _) = action.action {
        new = try await version(staged: run, partition)
        guard new?.place.token == token else {
          errors[index] = .outputChanged(path: scratch.folder(of: run, partition))
          continue
        }
      }
      if let key = partition.keys.first(where: { partition[$0.name] == .string("") }) {
        errors[index] = .emptyKey(key: key.name, partition: path)
        continue
      }
      changes.append(
        PartitionChange(index: index, partition: partition, old: replaced, new: new))
    }
    guard !changes.isEmpty else { return errors }
    let table = try await prepareTable(for: run)
    try await keep(changes, run)
    for (change, error) in await write(changes, table, run) {
      errors[change.index] = error
      guard error == nil else { continue }
      published?[change.partition.path] = change.new.map {
        PublishedVersion($0.place, bytes: $0.bytes)
      }
      try settle(run, change.partition)
    }
    return errors
  }
}

/// What becomes of one partition in the catalog.
struct PartitionChange: Sendable {
  /// Among the actions.
  let index: Int
  let partition: Partition
  /// nil where the catalog does not have it.
  let old: PublishedVersion?
  /// nil where it goes.
  let new: StagedVersion?
}
