import IncrementalJoin
import PartitionPredicate

extension Validation {
  /// Checks that every output has a folder of its own.
  mutating func checkLocations() {
    let root = DeclaredLocation(".", in: folder)
    let state = DeclaredLocation(Workspace.stateFolderName, in: folder)
    for (index, job) in jobs.enumerated() {
      guard let location = job.location else { continue }
      if [.same, .around].contains(location.value.overlap(with: root)) {
        report(.outputHoldsWorkspace, at: location.position)
        continue
      }
      if [.same, .inside].contains(location.value.overlap(with: state)) {
        report(.outputInState, at: location.position)
      }
      checkAgainstEarlierOutputs(index, location)
      checkAgainstTables(location)
      checkHiddenFolder(of: job, location.value)
      checkCatalog(index)
    }
  }

  /// Checks that readers find one output per table, and that it is in a bucket.
  private mutating func checkCatalog(_ index: Int) {
    let job = jobs[index]
    guard let catalog = job.catalog, let location = job.location else { return }
    if location.value.location.scheme != "s3" {
      report(.glue(.outputInFolder(job: job.name.value)), at: catalog.position)
    }
    for table in tables where table.catalog == nil {
      guard let place = table.location, place.value.overlap(with: location.value) == .same else {
        continue
      }
      report(
        .glue(
          .nothingAtOutput(
            table: table.name.value, job: job.name.value, catalog: "\(catalog.value)")),
        at: place.position)
    }
    if let other = jobs[..<index].compactMap(\.catalog).first(where: { $0.value == catalog.value })
    {
      report(
        .glue(.tableOfTwo("\(catalog.value)", line: other.position.line)), at: catalog.position)
    }
  }

  /// Checks that the ledger lies outside all data.
  mutating func checkLedger() {
    guard let ledger else { return }
    let places = tables.compactMap(\.location) + jobs.compactMap(\.location)
    guard let place = places.first(where: { $0.value.overlap(with: ledger.value) != nil }) else {
      return
    }
    report(.store(.ledgerAmongData(line: place.position.line)), at: ledger.position)
  }

  /// Checks that nothing lies where the output has its lock and its staged and kept versions.
  private mutating func checkHiddenFolder(of job: JobDeclaration, _ location: DeclaredLocation) {
    let hidden =
      [location.hiddenFolder] + (job.catalog == nil ? [] : [location.versionsFolder])
    for folder in hidden { checkOthers(outside: folder, of: job) }
  }

  private mutating func checkOthers(outside hidden: DeclaredLocation, of job: JobDeclaration) {
    for other in tables.compactMap(\.location) + jobs.compactMap(\.location)
    where [.same, .inside].contains(other.value.overlap(with: hidden)) {
      report(.inHiddenFolder(job: job.name.value, hidden.location.description), at: other.position)
    }
  }

  private mutating func checkAgainstEarlierOutputs(
    _ index: Int, _ location: Located<DeclaredLocation>
  ) {
    for other in jobs[..<index] {
      guard let taken = other.location, let overlap = location.value.overlap(with: taken.value)
      else { continue }
      let (name, line) = (other.name.value, taken.position.line)
      report(
        overlap == .same
          ? .sameOutput(job: name, line: line) : .overlap(overlap, .output, name, line: line),
        at: location.position)
    }
  }

  /// A table at exactly the output's location is another name for the output, not a mistake.
  private mutating func checkAgainstTables(_ location: Located<DeclaredLocation>) {
    for table in tables {
      guard let taken = table.location, let overlap = location.value.overlap(with: taken.value),
        overlap != .same
      else { continue }
      report(
        .overlap(overlap, .table, table.name.value, line: taken.position.line),
        at: location.position)
    }
  }
}
