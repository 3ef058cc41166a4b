import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate

extension GlueLease {
  /// The table as what a run publishes needs it: created when there is none, with the result's columns.
  ///
  /// Where it has other columns its partitions get the new ones before itself, so that an interrupted change is
  /// made again, and no partition is left with columns that readers find to be others than the table's.
  func prepareTable(for run: RunID) async throws(PublishError) -> CatalogTable {
    let wanted = try await stagedColumns(of: run).map { columns throws(PublishError) in
      try CatalogColumn.columns(columns, of: catalog.name)
    }
    if table == nil, let wanted {
      // Somebody else may be faster, and its table another one.
      try await catalog.create(
        CatalogTable(of: output, named: catalog.name, columns: wanted))
      table = try await catalog.table()
      if let reason = table?.obstacle(to: output, places) {
        throw .system(operation: "publish through", path: "\(catalog.name)", reason: reason)
      }
    }
    guard var table else {
      throw CatalogError.noTable(catalog.name).cannot("look up", catalog.name)
    }
    guard let wanted, !wanted.isEmpty, wanted != table.storage?.columns.map(\.withoutComment) else {
      return table
    }
    let before = table.storage?.columns ?? []
    table.storage?.columns = wanted.map { column in
      let old = before.first { $0.name.exact == column.name.exact }
      return CatalogColumn(name: column.name, type: column.type, comment: old?.comment)
    }
    for entries in try await catalog.partitions().chunks(of: 100) where !output.keys.isEmpty {
      let changed = entries.map { entry in
        CatalogPartition(
          values: entry.values,
          storage: table.descriptor(at: PublishedVersion(entry.storage, [:]).place),
          parameters: entry.parameters, others: entry.others)
      }
      do throws(CatalogError) {
        let failures = try await catalog.send(.update(changed), at: instant())
        if let failure = failures.first { throw failure.error(of: catalog.name) }
      } catch {
        // It may still be carried out, and name the old places again.
        if case .lost = error { doubts += 1 }
        throw error.cannot("change the columns of", catalog.name)
      }
    }
    let date = try await lock.instant()
    do throws(PublishError) {
      try await catalog.update(table, at: date)
      self.table = try await catalog.table()
    } catch {
      // Also one whose answer is lost may have been carried out, or still is.
      self.table = try await catalog.table()
      guard self.table?.storage?.columns == table.storage?.columns else {
        if case .system = error { doubts += 1 }
        throw error
      }
    }
    return self.table ?? table
  }

  /// Writes changes to the catalog, as many at a time as it takes.
  ///
  /// - Returns: Each with what it has failed with.
  func write(
    _ changes: [PartitionChange], _ table: CatalogTable, _ run: RunID
  ) async -> [(PartitionChange, PublishError?)] {
    if output.keys.isEmpty {
      var ended: [(PartitionChange, PublishError?)] = []
      for change in changes { ended.append((change, await write(whole: change, table, run))) }
      return ended
    }
    var ended: [(PartitionChange, PublishError?)] = []
    for batch in [
      changes.filter { $0.old == nil }, changes.filter { $0.old != nil && $0.new != nil },
      changes.filter { $0.new == nil },
    ] where !batch.isEmpty {
      let limit = PartitionBatch(batch, table, run).limit
      for part in batch.chunks(of: limit) {
        ended += zip(part, await send(part, table, run))
      }
    }
    return ended
  }

  private func send(
    _ changes: [PartitionChange], _ table: CatalogTable, _ run: RunID
  ) async -> [PublishError?] {
    let date: Date
    do throws(PublishError) {
      date = try await lock.instant()
    } catch {
      return changes.map { _ in error }
    }
    let failures: [EntryFailure]
    do throws(CatalogError) {
      failures = try await catalog.send(PartitionBatch(changes, table, run), at: date)
    } catch {
      return await settle(changes, after: error)
    }
    let refused = Dictionary(
      failures.map { ($0.values.map(\.exact), $0) }, uniquingKeysWith: { $1 })
    let own = Set(changes.map { $0.partition.catalogValues.map(\.exact) })
    if let strange = failures.first(where: { !own.contains($0.values.map(\.exact)) }) {
      // Which partition was refused is not said: the catalog is asked what it has.
      return await settle(changes, after: .lost(reason: "\(strange.code): \(strange.message)"))
    }
    return changes.map { change in
      guard let failure = refused[change.partition.catalogValues.map(\.exact)] else { return nil }
      switch (failure.code, change.new) {
      // Somebody else has removed it.
      case ("EntityNotFoundException", nil): return nil
      case ("EntityNotFoundException", _), ("AlreadyExistsException", _):
        return .outputChanged(path: output.location.file(change.partition.path))
      default: return failure.error(of: catalog.name).cannot("publish through", catalog.name)
      }
    }
  }

  /// Finds out what became of a batch that failed, or was not answered.
  private func settle(
    _ changes: [PartitionChange], after error: CatalogError
  ) async -> [PublishError?] {
    let failure = error.cannot("publish through", catalog.name)
    guard case .lost = error else { return changes.map { _ in failure } }
    let now = try? await catalog.partitions(changes.map(\.partition.catalogValues))
    let places = Dictionary(
      (now ?? []).map {
        ($0.values.map(\.exact), PublishedVersion($0.storage, $0.parameters).place)
      }, uniquingKeysWith: { $1 })
    let errors = changes.map { change -> PublishError? in
      let isDone = places[change.partition.catalogValues.map(\.exact)] == change.new?.place
      return now != nil && isDone ? nil : failure
    }
    // It may still be carried out.
    for (change, error) in zip(changes, errors) where error != nil {
      doubts += 1
      doubtful.insert(change.partition.path)
    }
    return errors
  }

  /// Publishes a table without keys by its own location, if it is still the one that was read.
  private func write(
    whole change: PartitionChange, _ table: CatalogTable, _ run: RunID
  ) async -> PublishError? {
    var table = table
    let place = change.new?.place ?? VersionPlace(output.location)
    table.storage?.location = place.location
    let parameters = change.new.map { PublishedVersion.parameters($0, run: run) }
    for (name, value) in parameters ?? ["totalSize": "0", "numFiles": "0"] {
      table.parameters[name] = value
    }
    let date: Date
    do throws(PublishError) {
      date = try await lock.instant()
    } catch {
      return error
    }
    do throws(PublishError) {
      try await catalog.update(table, at: date)
    } catch {
      // Also one whose answer is lost may have been carried out.
      guard let now = try? await catalog.table(), now.storage?.location == place.location else {
        if case .system = error {
          doubts += 1
          doubtful.insert(change.partition.path)
        }
        return error
      }
    }
    self.table = try? await catalog.table()
    return nil
  }

  private func instant() async throws(CatalogError) -> Date {
    do throws(PublishError) {
      return try await lock.instant()
    } catch {
      throw .misconfigured(reason: "\(error)")
    }
  }
}

extension PartitionBatch {
  /// One request for changes of one kind.
  fileprivate init(_ changes: [PartitionChange], _ table: CatalogTable, _ run: RunID) {
    guard changes.first?.new != nil else {
      self = .delete(changes.map(\.partition.catalogValues))
      return
    }
    let partitions = changes.compactMap { change in
      change.new.map { version in
        CatalogPartition(
          values: change.partition.catalogValues, storage: table.descriptor(at: version.place),
          parameters: PublishedVersion.parameters(version, run: run))
      }
    }
    self = changes.first?.old == nil ? .create(partitions) : .update(partitions)
  }
}

extension CatalogTable {
  /// The whole description of files of this table: an update with less would lose the location.
  fileprivate func descriptor(at version: VersionPlace) -> StorageDescriptor? {
    var storage = storage
    storage?.location = version.location
    return storage
  }
}

extension CatalogColumn {
  fileprivate var withoutComment: CatalogColumn { CatalogColumn(name: name, type: type) }
}

extension EntryFailure {
  fileprivate func error(of name: CatalogName) -> CatalogError {
    .failed(
      call: "the change of \(values.map(\.exact).joined(separator: ", "))", resource: "\(name)",
      code: code, message: message)
  }
}
