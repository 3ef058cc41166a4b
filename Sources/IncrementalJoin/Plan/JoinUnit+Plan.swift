import PartitionPredicate

extension JoinUnit {
  /// What an engine needs to compute one work unit of a plan.
  public init(_ unit: WorkUnit, of plan: Plan) {
    self.init(
      transformation: plan.job.transformation,
      inputs: unit.inputs.map { Input($0, columns: plan.columns[$0.input.name] ?? []) },
      partition: unit.partition, types: plan.types)
  }
}

extension JoinUnit.Input {
  /// What is read of a job's input, by the rules of its table.
  init(_ input: PendingInput, columns: [Column]) {
    let table = input.input.table
    self.init(
      name: input.input.name, format: table.format, columns: columns, keys: input.partition.keys,
      members: input.members.map { member in
        Member(
          partition: member.partition,
          files: member.listing?.version.files.map { table.location.file($0.path) } ?? [])
      }, schemaPolicy: table.schemaPolicy, csv: table.csv, optional: table.optional)
  }
}

extension JoinEngine {
  /// The first rows that building a unit of a plan would write.
  ///
  /// - Throws: `EngineError`.
  public func preview(_ unit: WorkUnit, of plan: Plan, limit: Int) async throws -> SampleRows {
    try await preview(JoinUnit(unit, of: plan), limit: limit)
  }
}
