import PartitionPredicate

extension UndoPlanner {
  /// Whether columns come back whose types differ from the published ones.
  ///
  /// - Throws: `UndoError.mixedTypes` when published partitions with other types would stay beside them.
  func switchesTypes(
    _ units: [UndoPlan.Unit], _ request: UndoRequest, of job: JobDefinition,
    _ lineages: [Partition: Lineage]
  ) throws(UndoError) -> Bool {
    let builds = units.filter(\.isBuild)
    let switching = builds.filter { unit in
      let types = unit.lineage?.outputTypes
      return types != nil && types != lineages[unit.partition]?.outputTypes
    }
    guard !switching.isEmpty else { return false }
    var after = lineages
    for unit in builds { after[unit.partition] = unit.lineage }
    for types in OutputTypes.allCases {
      let back = switching.filter { $0.lineage?.outputTypes == types }
      let others = after.filter { $0.value.outputTypes.map { $0 != types } ?? false }
      guard let unit = back.max(by: { $0.run < $1.run }),
        let other = others.max(by: { ($0.value.run, $1.key) < ($1.value.run, $0.key) })
      else { continue }
      // Somebody who asked to undo all of a run is not told to do that.
      let isWhole = if case .run = request { true } else { false }
      let run = other.value.run
      throw .mixedTypes(
        job: job.name, run: unit.run, partition: unit.partition.path, types: types,
        staying: other.key.path, needed: run > unit.run || run == unit.run && !isWhole ? run : nil)
    }
    return true
  }
}
