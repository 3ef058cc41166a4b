import IncrementalJoin
import PartitionPredicate

/// The partitions of one input and the predicate generated for it, made once per load.
///
/// Rows are numbered in the order of the input's keys.
struct InputPredicate: Sendable {
  let input: JobInput
  /// The input's place in the job.
  let number: Int
  /// Whether output partitions read sets of the input's partitions.
  let readsSets: Bool
  let partitions: [Partition]
  /// The canonical paths of `partitions`.
  let paths: PartitionPaths
  /// The index of each row's output partition among those of the job page.
  let known: [Int]
  /// Whether a row's partition is read only for rows near the border of pending partitions.
  let isHalo: [Bool]
  let fileCounts: [Int]
  let bytes: [Int64]
  var table: PartitionTable { paths.table }
  let generated: GeneratedPredicate
  /// The compact text of the generated predicate, parsed like one written by a person, so that every clause has a place
  /// in the text.
  let read: Result<ParsedPredicate, PushdownPredicateError>
  /// What `current_date` means, in days since 1970-01-01.
  let today: Int

  init(_ input: JobInput, number: Int, of page: JobPage, today: Int) {
    self.input = input
    self.number = number
    readsSets = page.known.contains { !$0.inputs[number].isAlone }
    self.today = today
    var outputs: [Partition: Int] = [:]
    for (index, output) in page.known.enumerated() {
      let part = output.inputs[number]
      if let own = part.own(of: output.partition) { outputs[own] = outputs[own] ?? index }
      // If several outputs read a partition, take the first whose own span contains it.
      for place in part.core where outputs[part.members[place].partition] == nil {
        outputs[part.members[place].partition] = index
      }
    }
    // A partition in no output's span is read by its neighbors.
    for (index, output) in page.known.enumerated() {
      let part = output.inputs[number]
      let before = part.members.startIndex..<part.core.lowerBound
      let after = part.core.upperBound..<part.members.endIndex
      func note(_ range: some Sequence<Int>) {
        for place in range {
          let partition = part.members[place].partition
          guard outputs[partition] == nil else { break }
          outputs[partition] = index
        }
      }
      note(before.reversed())
      note(after)
    }
    partitions = outputs.keys.sorted()
    known = partitions.map { outputs[$0] ?? 0 }
    generated = page.status.report.generated(forInput: input)
    let halo = Set(generated.nearby)
    isHalo = partitions.map(halo.contains)
    let listed = page.status.report.snapshots[number].partitions
    let versions = partitions.map { listed[$0]?.version }
    fileCounts = versions.map { $0?.files.count ?? 0 }
    bytes = versions.map { $0?.bytes ?? 0 }
    paths = PartitionPaths(PartitionTable(partitions, keys: input.table.keys))
    do throws(PushdownPredicateError) {
      let text = SparkPrinter().text(generated.predicate())
      read = .success(
        try ParsedPredicate(
          text, paths.table, fileCounts: fileCounts, bytes: bytes, today: today))
    } catch {
      read = .failure(error)
    }
  }

  /// Parses a text as a predicate over the input's keys.
  func read(_ text: String) throws(PushdownPredicateError) -> ParsedPredicate {
    try ParsedPredicate(text, table, fileCounts: fileCounts, bytes: bytes, today: today)
  }
}
