import PartitionPredicate

/// Finds changes that cannot matter to an output partition, because of the times that files say their rows have.
///
/// Only added files are judged: what was in a file that was rewritten or removed is no longer known.
struct ReachCheck {
  private let job: JobDefinition
  private let storage: StorageReader
  private let windows: [TimeWindow]
  /// The type of the time column of each input; nil where rows outside of the window may matter.
  private let types: [String?]
  /// What files said, by the number of the input and their full path.
  private var known: [ExactText: ClosedRange<Int64>?] = [:]

  /// Prepares to judge changes of a job's inputs.
  ///
  /// - Throws: what the ledger throws.
  init(of job: JobDefinition, _ storage: StorageReader, _ ledger: any LedgerReader) throws {
    self.job = job
    self.storage = storage
    windows = job.windows
    types = try job.inputs.enumerated().map { index, input -> String? in
      guard storage.times != nil, input.changes == .all, job.readsOnlyWindow(of: index),
        let time = input.table.time
      else { return nil }
      let columns =
        try input.table.columns
        ?? ledger.pinnedColumns(table: input.table.name)?.map(\.seen.column)
      return columns?.first { $0.name.isSameName(as: time.column) }?.type
    }
  }

  /// The changes of an output partition, if none of them can matter to it.
  ///
  /// - Parameters:
  ///   - reasons: Why it would be pending.
  ///   - span: The time that it covers.
  ///   - position: What counts as consumed.
  /// - Returns: nil if one of the reasons may matter.
  mutating func outOfReach(
    _ reasons: [Reason], of span: PartitionSpan, since position: Position
  ) async -> [OutOfReach]? {
    guard !reasons.isEmpty, case .instants = span else { return nil }
    var found: [OutOfReach] = []
    for reason in reasons {
      guard case .inputChanged(let change) = reason, position.inputs[change.input] != nil,
        let index = job.inputs.firstIndex(where: { $0.name == change.input }),
        let type = types[index], let entry = await judge(change, of: index, type, span)
      else { return nil }
      found.append(entry)
    }
    return found
  }

  private mutating func judge(
    _ change: InputChange, of index: Int, _ type: String, _ span: PartitionSpan
  ) async -> OutOfReach? {
    let reach = span.widened(by: windows[index])
    guard change.changes.allSatisfy({ $0.kind == .added }),
      let time = job.inputs[index].table.time, let own = try? time.span(of: change.partition),
      // What lies completely in what is read is not looked at.
      let (hull, whole) = own.hull.flatMap({ hull in reach.hull.map { (hull, $0) } }),
      hull.lowerBound < whole.lowerBound || whole.upperBound < hull.upperBound
    else { return nil }
    let placed = own.widened(by: TimeWindow(before: time.slack, after: time.slack))
    var times: ClosedRange<Int64>?
    var sides: Set<OutOfReach.Side?> = []
    for file in change.changes.map(\.file) {
      guard let range = await self.times(of: file, in: index, type), placed.contains(range),
        reach.excludes(range)
      else { return nil }
      let isBefore = range.upperBound < whole.lowerBound
      sides.insert(isBefore ? .before : whole.upperBound <= range.lowerBound ? .after : nil)
      times =
        min(
          range.lowerBound, times?.lowerBound ?? range.lowerBound)...max(
          range.upperBound, times?.upperBound ?? range.upperBound)
    }
    return times.map {
      OutOfReach(
        change: change, times: $0, side: sides.count == 1 ? sides.first ?? nil : nil,
        window: windows[index])
    }
  }

  private mutating func times(
    of file: DataFile, in index: Int, _ type: String
  ) async -> ClosedRange<Int64>? {
    let table = job.inputs[index].table
    let place = "\(index) \(table.location.file(file.path))".exact
    if let answer = known[place] { return answer }
    let said = await storage.times?.times(of: file, in: table, type: type, from: storage.files)
    let answer = said.flatMap { table.time?.instants(of: $0) }
    known[place] = .some(answer)
    return answer
  }
}

extension JobDefinition {
  /// Whether an input's rows outside of the window cannot change an output partition.
  ///
  /// That is not so for rows that are joined by columns only, and is not asked about the first input.
  fileprivate func readsOnlyWindow(of index: Int) -> Bool {
    guard index > 0, isByTime, inputs[0].table.time != nil, inputs[index].table.time != nil else {
      return false
    }
    return switch transformation {
    case .join: false
    case .joinToFirst(let conditions, _): conditions[index - 1].time != nil
    case .sql: true
    }
  }
}
