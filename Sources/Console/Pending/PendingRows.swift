import IncrementalJoin
import PartitionPredicate

/// The rows of the why-tree: one a partition and, below it, those of its branch where that is open.
///
/// Only open branches are kept row by row, so that hundreds of thousands of partitions are listed again in no time.
struct PendingRows: Sendable {
  private struct Branch: Sendable {
    /// The place of its partition among the partitions, and its row among all rows.
    let place: Int
    let row: Int
    let rows: [PendingRow]
  }

  /// What is listed, as indices of the job page's known partitions.
  let partitions: [Int]
  let count: Int
  private let isSorted: Bool
  private let branches: [Branch]

  init() {
    (partitions, count, isSorted, branches) = ([], 0, false, [])
  }

  /// Lists partitions.
  ///
  /// - Parameters:
  ///   - partitions: As indices of the page's known ones.
  ///   - isSorted: Whether they are in another order than their own.
  ///   - expanded: The branches that are open; those of other partitions do not count.
  ///   - page: The job.
  init(of partitions: [Int], isSorted: Bool, expanded: Set<PendingState.Branch>, _ page: JobPage) {
    let open = expanded.compactMap { branch -> Int? in
      guard case .partition(let partition) = branch, let index = page.index(of: partition) else {
        return nil
      }
      return Self.place(of: index, in: partitions, isSorted: isSorted)
    }
    var branches: [Branch] = []
    var count = partitions.count
    for place in open.sorted() {
      let rows = Self.branch(of: partitions[place], expanded, page)
      branches.append(Branch(place: place, row: place + count - partitions.count, rows: rows))
      count += rows.count
    }
    (self.partitions, self.count, self.isSorted) = (partitions, count, isSorted)
    self.branches = branches
  }

  /// The row of a partition; nil where it is not listed.
  func row(of partition: Int) -> Int? {
    guard let place = Self.place(of: partition, in: partitions, isSorted: isSorted) else {
      return nil
    }
    let before = branches.lowerBound { $0.place < place }
    guard before > 0 else { return place }
    let branch = branches[before - 1]
    return branch.row + branch.rows.count + place - branch.place
  }

  private static func place(of partition: Int, in partitions: [Int], isSorted: Bool) -> Int? {
    guard !isSorted else { return partitions.firstIndex(of: partition) }
    let place = partitions.lowerBound { $0 < partition }
    return place < partitions.count && partitions[place] == partition ? place : nil
  }

  /// What an open branch shows below its partition.
  private static func branch(
    of index: Int, _ expanded: Set<PendingState.Branch>, _ page: JobPage
  ) -> [PendingRow] {
    let partition = page.known[index]
    var rows: [PendingRow] = []
    if partition.hold != nil || partition.reasons.isEmpty { rows.append(.note(index)) }
    var changed: Set<String> = []
    for (number, reason) in partition.reasons.enumerated() {
      rows.append(.reason(index, number))
      guard case .inputChanged(let change) = reason else { continue }
      let name = change.input
      changed.insert(name)
      guard expanded.contains(.reason(partition.partition, number)) else { continue }
      if let input = partition.inputs.firstIndex(where: { $0.input.name == name }) {
        rows.append(.input(index, reason: number, input: input))
      }
      rows += change.changes.indices.map { .change(index, reason: number, change: $0) }
    }
    for (number, input) in partition.inputs.enumerated() where !changed.contains(input.input.name) {
      rows.append(.unchanged(index, input: number))
    }
    return rows
  }
}

extension PendingRows: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(row: Int) -> PendingRow {
    let before = branches.lowerBound { $0.row <= row }
    guard before > 0 else { return .partition(partitions[row]) }
    let branch = branches[before - 1]
    let below = row - branch.row
    if below == 0 { return .partition(partitions[branch.place]) }
    if below <= branch.rows.count { return branch.rows[below - 1] }
    return .partition(partitions[branch.place + below - branch.rows.count])
  }
}
