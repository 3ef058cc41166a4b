import IncrementalJoin
import PartitionPredicate

extension Validation {
  /// What a job computes according to its `join:` or `sql:` and its inputs; nil when a mistake prevents it.
  mutating func transformation(of job: JobDeclaration, _ inputs: [JobInput]) -> Transformation? {
    let before = mistakeCount
    if let sql = job.sql {
      for input in job.inputs {
        guard let condition = input.condition else { continue }
        report(.time(.conditionBesideSQL(input: input.name.value)), at: condition.position)
      }
      if let first = job.inputs.first, let window = first.window {
        report(.time(.windowAtFirst(input: first.name.value)), at: window.position)
      }
      let isByTime = job.inputs.contains { $0.window != nil }
      for (index, declared) in job.inputs.enumerated() {
        guard
          let place = declared.window?.position
            ?? (isByTime && index == 0 ? declared.source.position : nil)
        else { continue }
        checkTime(of: inputs[index], at: place)
      }
      return mistakeCount == before ? .sql(sql) : nil
    }
    guard let join = job.join, job.inputs.count > 1 else { return nil }
    for input in job.inputs {
      guard let window = input.window else { continue }
      report(.time(.windowBesideJoin(input: input.name.value)), at: window.position)
    }
    if let condition = job.inputs[0].condition {
      report(.time(.conditionAtFirst(input: job.inputs[0].name.value)), at: condition.position)
    }
    let declared = job.inputs.dropFirst().map { input in
      input.condition?.overriding(join.condition) ?? join.condition
    }
    if declared.contains(where: { $0.time != nil }) {
      checkTime(of: inputs[0], at: job.inputs[0].source.position)
    }
    var conditions: [JoinCondition] = []
    for (index, condition) in declared.enumerated() {
      if let known = self.condition(condition, of: job, inputs, at: index + 1) {
        conditions.append(known)
      }
    }
    guard mistakeCount == before, conditions.count == declared.count, let first = conditions.first
    else { return nil }
    let isPlain = conditions.allSatisfy { condition in
      condition == first && condition.time == nil
        && condition.on.allSatisfy { $0.first.isSameName(as: $0.other) }
    }
    if !isPlain, conditions.count > 1 {
      for (condition, input) in zip(conditions, job.inputs.dropFirst())
      where condition.type == .right || condition.type == .full {
        report(
          .time(.outerOfMany(condition.type)),
          at: input.condition?.type?.position ?? join.condition.type?.position
            ?? input.name.position)
      }
      guard mistakeCount == before else { return nil }
    }
    return isPlain
      ? .join(type: first.type, on: first.on.map(\.first), select: join.select)
      : .joinToFirst(conditions, select: join.select)
  }

  private mutating func condition(
    _ declared: ConditionDeclaration, of job: JobDeclaration, _ inputs: [JobInput], at index: Int
  ) -> JoinCondition? {
    let input = inputs[index]
    let type = declared.type?.value ?? .inner
    guard declared.on != nil || declared.time != nil else {
      if declared.position == job.join?.condition.position {
        report(.missingKey("on", in: .join(job: job.name.value)), at: declared.position)
      } else {
        report(.time(.noCondition(input: input.name)), at: declared.position)
      }
      return nil
    }
    if let time = declared.time {
      if case .asof = time.value, type == .right || type == .full {
        report(.time(.asofOuter(type)), at: declared.type?.position ?? time.position)
      }
      if case .within = time.value, type == .right || type == .full, inputs.count > 2 {
        report(.time(.withinOuterOfMany(type)), at: declared.type?.position ?? time.position)
      }
      // With one other input, or without columns to join on, no condition would be left.
      let canBePlain =
        declared.on != nil && job.inputs[index].condition?.time == nil
        && (inputs.count > 2 || job.inputs[index].condition != nil)
      checkTime(
        of: input, at: job.inputs[index].source.position,
        inherited: canBePlain ? time.value : nil)
    }
    checkColumns(declared.on ?? [], of: job, inputs, at: index)
    return JoinCondition(
      type: type, on: (declared.on ?? []).map(\.value), time: declared.time?.value)
  }

  /// Reports an input of a join by time whose rows have no time.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - position: What to point at.
  ///   - inherited: The condition that the input gets from the join and can do without; nil where there is none.
  private mutating func checkTime(
    of input: JobInput, at position: Position, inherited: TimeCondition? = nil
  ) {
    guard input.table.time == nil else { return }
    let key = inherited.map { if case .asof = $0 { "asof" } else { "within" } }
    report(
      .time(.noTime(input: input.name, timeless(input.table), inherited: key)), at: position)
  }

  /// A table without a time, in the form that the sentence needs.
  private func timeless(_ table: TableDefinition) -> TimeProblem.Timeless {
    guard table.isOutput else { return .table(table.name) }
    let job = jobs.first { $0.name.value.exact == table.name.exact }
    return .output(
      job: table.name, location: job?.location?.value.declared ?? table.declaredLocation,
      keys: table.keys)
  }

  /// Checks that the keys an input renames are its own.
  mutating func checkRenames(of job: JobDeclaration, _ inputs: [JobInput]) {
    for (declared, input) in zip(job.inputs, inputs) where job.inputs.count == inputs.count {
      let keys = input.table.keys.map(\.name)
      for rename in declared.renames
      where !keys.contains(where: { $0.isSameName(as: rename.value.own) }) {
        report(
          .time(
            .unknownOwnKey(
              rename.value.own, input: input.name, near: NearName.of(rename.value.own, in: keys),
              keys: keys)), at: rename.position)
      }
    }
  }

  /// Reports joins that keep rows of an input whose partitions do not say which output partition they belong to.
  mutating func checkUnmatchedRows(of job: JobDefinition, _ declared: JobDeclaration) {
    guard let conditions = job.transformation.conditions(inputs: job.inputs.count) else { return }
    for (index, condition) in zip(1..., conditions)
    where condition.type == .right || condition.type == .full {
      let input = job.inputs[index]
      let type = declared.inputs[index].condition?.type ?? declared.join?.condition.type
      do throws(OutputCellsError) {
        _ = try OutputCells(keys: job.output.keys, of: input.table, renames: input.renames)
      } catch {
        report(
          .time(
            .outerNeedsKeys(
              condition.type, input: input.name, error, renames: renames(completing: job, of: input)
            )),
          at: type?.position ?? declared.name.position)
      }
    }
  }

  /// The renames of an input's keys after which all keys of the output would follow from its table.
  ///
  /// - Returns: What the input must declare under `keys:`; empty where that is uncertain or does not help.
  private func renames(completing job: JobDefinition, of input: JobInput) -> [KeyRename] {
    let first = job.inputs[0]
    var renames = input.renames
    for key in job.output.keys {
      guard input.table.place(ofKey: key.name, renames) == nil,
        let place = first.table.place(ofKey: key.name, first.renames)
      else { continue }
      let meaning = first.table.time?.keys.meanings[place]
      let free = input.table.keys.indices.filter { index in
        let own = input.table.keys[index]
        return own.type == key.type && input.table.time?.keys.meanings[index] == meaning
          && !renames.contains { $0.own.isSameName(as: own.name) }
          && !job.output.keys.contains { $0.name.isSameName(as: own.name) }
      }
      guard free.count == 1 else { return [] }
      renames.append(KeyRename(name: key.name, own: input.table.keys[free[0]].name))
    }
    let isEnough =
      (try? OutputCells(keys: job.output.keys, of: input.table, renames: renames)) != nil
    return isEnough ? renames : []
  }
}
