extension JoinUnit {
  /// What an engine needs to compute one work unit of a plan.
  public init(_ unit: WorkUnit, of plan: Plan) {
    self.init(
      transformation: plan.job.transformation,
      inputs: unit.inputs.map {
        Input(
          $0.input, columns: plan.columns[$0.input.name] ?? [], partition: $0.partition,
          files: $0.listing?.version.files ?? [])
      }, partition: unit.partition, types: plan.types)
  }
}

extension JoinUnit.Input {
  /// What is read of a job's input in one partition, by the rules of its table.
  init(_ input: JobInput, columns: [Column], partition: Partition, files: [DataFile]) {
    let table = input.table
    self.init(
      name: input.name, format: table.format, columns: columns, partition: partition,
      files: files.map { table.location.file($0.path) }, schemaPolicy: table.schemaPolicy,
      csv: table.csv, optional: table.optional)
  }
}
