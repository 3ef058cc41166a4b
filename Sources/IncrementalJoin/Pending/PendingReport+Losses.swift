import Foundation
public import PartitionPredicate

/// How much of an input vanished since its positions.
public struct InputLoss: Hashable, Sendable {
  /// The input's name.
  public let input: String
  /// Where its table is.
  public let location: Location
  /// One of the lost partitions, with the input's own keys.
  public let example: Partition
  /// Partitions that count as consumed and have no file now.
  public let lost: Int
  /// Partitions that count as consumed.
  public let consumed: Int

  /// Whether that is more than a share, from 0 to 1, of what there was.
  func isBeyond(_ limit: Double) -> Bool { Double(lost) > limit * Double(consumed) + 1e-9 }
}

extension PendingReport {
  /// What every input has lost of the partitions that count as consumed; inputs that lost none are left out.
  ///
  /// Partitions that a hold keeps as they are do not count among the lost ones.
  public var losses: [InputLoss] {
    job.inputs.indices.compactMap { index in
      let input = job.inputs[index]
      let isAlone = known.allSatisfy { $0.inputs[index].isAlone }
      let (lost, consumed) = isAlone ? lostAlone(of: index) : lostOfSets(of: index)
      guard let example = lost.min() else { return nil }
      return InputLoss(
        input: input.name, location: input.table.location, example: example, lost: lost.count,
        consumed: consumed)
    }
  }

  /// Where an output partition reads one partition of the input.
  private func lostAlone(of index: Int) -> (lost: Set<Partition>, consumed: Int) {
    let name = job.inputs[index].name
    let consumed = known.filter {
      $0.inputs[index].isLookedAt && positions[$0.partition]?.inputs[name] != nil
    }
    let lost = consumed.filter { $0.inputs[index].version == nil && $0.hold == nil }
    // Several output partitions may read the same one, such as that of a table without partitions.
    func own(_ outputs: [PendingPartition]) -> Set<Partition> {
      Set(outputs.map { $0.inputs[index].partition })
    }
    return (own(lost), own(consumed).count)
  }

  /// The losses where output partitions read sets of partitions, each of which may be read by several.
  private func lostOfSets(of index: Int) -> (lost: Set<Partition>, consumed: Int) {
    let name = job.inputs[index].name
    let listed = snapshots[index].partitions
    var lost: Set<Partition> = []
    // Locations of partitions that were there when they were consumed.
    var consumed = IndexSet()
    for output in known where positions[output.partition]?.inputs[name] != nil {
      let part = output.inputs[index]
      var new: Set<Partition> = []
      let changes = output.reasons.compactMap(\.change) + output.outOfReach.map(\.change)
      for change in changes where change.input == name {
        if listed[change.partition] == nil {
          if output.hold == nil { lost.insert(change.partition) }
        } else if change.changes.count == listed[change.partition]?.version.files.count,
          change.changes.allSatisfy({ $0.kind == .added })
        {
          new.insert(change.partition)
        }
      }
      let places = part.members.startIndex..<part.members.endIndex
      if new.isEmpty {
        consumed.insert(integersIn: places)
      } else {
        for place in places where !new.contains(part.members[place].partition) {
          consumed.insert(place)
        }
      }
    }
    return (lost, consumed.count + lost.count)
  }
}
