import IncrementalJoin

extension DeclarationReader {
  static let jobKeys = (
    required: ["inputs", "output"], optional: ["join", "sql", "wait", "key", "limits"]
  )

  mutating func job(_ entry: DeclaredField) -> JobDeclaration {
    var job = JobDeclaration(name: entry.located)
    let before = mistakes.count
    guard
      let fields = fields(
        of: entry, in: .job(entry.name), at: entry.namePosition,
        required: Self.jobKeys.required, optional: Self.jobKeys.optional)
    else { return job }
    let isMisspelled = mistakes[before...].contains { $0.kind.suggests(["join", "sql"]) }
    let inputs = inputs(of: fields["inputs"], job: entry.name)
    job.inputs = inputs ?? []
    switch (fields["join"], fields["sql"]) {
    case (let join?, nil):
      read(join, into: &job)
      if let inputs, let field = fields["inputs"], inputs.count == 1 {
        report(.oneInput(job: entry.name), at: field.position)
      }
    case (nil, let sql?): job.sql = self.sql(of: sql)
    case (nil, nil) where isMisspelled: break
    case (nil, nil): report(.noTransformation(job: entry.name), at: entry.namePosition)
    case (let join?, let sql?):
      let later = max(join.namePosition, sql.namePosition)
      report(.twoTransformations(job: entry.name), at: later)
    }
    if let output = fields["output"] { readOutput(output, into: &job) }
    (job.wait, job.waitScope) = wait(of: fields["wait"], job: entry.name)
    job.key = fields["key"].flatMap { names(of: $0, naming: .keyColumn) } ?? []
    if let limits = fields["limits"] { readLimits(limits, into: &job) }
    return job
  }

  private mutating func sql(of field: DeclaredField) -> String? {
    guard let text = text(of: field) else { return nil }
    guard !text.value.allSatisfy(\.isWhitespace) else {
      report(.empty(key: "sql", field.role), at: text.position)
      return nil
    }
    return text.value
  }

  private mutating func readOutput(_ output: DeclaredField, into job: inout JobDeclaration) {
    guard
      let fields = fields(
        of: output, in: .output(job: job.name.value), at: output.namePosition,
        required: ["location"], optional: ["format", "glue", "grace", "partitions", "types"])
    else { return }
    job.location = location(of: fields["location"], isOutput: true)
    job.catalog = catalogName(of: fields["glue"])
    job.grace = duration(of: fields["grace"])
    if let grace = fields["grace"], fields["glue"] == nil {
      report(.glue(.graceWithoutCatalog), at: grace.namePosition)
    }
    job.partitions = fields["partitions"].flatMap { partitions in
      partitions.isEmptyList ? [] : names(of: partitions, naming: .partitionKey)
    }
    if let format = text(of: fields["format"]), format.value != DataFormat.parquet.rawValue {
      report(.outputFormat(format.value), at: format.position)
    }
    job.types = fields["types"].flatMap {
      word(of: $0, default: OutputTypes.spark, noun: "choice of types")
    }
  }
}

extension Mistake.Kind {
  /// Whether it is a misspelling of one of some keys.
  fileprivate func suggests(_ keys: [String]) -> Bool {
    if case .unknownKey(_, _, let near?, _) = self { keys.contains(near) } else { false }
  }
}
