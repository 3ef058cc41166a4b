extension JoinUnit {
  /// What an engine needs to compute one work unit of a plan.
  public init(_ unit: WorkUnit, of plan: Plan) {
    self.init(
      transformation: plan.job.transformation,
      inputs: unit.inputs.map { input in
        let table = input.input.table
        return Input(
          name: input.input.name, format: table.format,
          columns: plan.columns[input.input.name] ?? [], partition: input.partition,
          files: (input.listing?.version.files ?? []).map { table.location + "/" + $0.path },
          schemaPolicy: table.schemaPolicy)
      }, partition: unit.partition)
  }
}
