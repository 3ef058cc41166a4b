import PartitionPredicate

/// A column to join on, as one input has it.
struct JoinColumn: Hashable, Sendable {
  /// Where the type of a column comes from.
  enum Source: Hashable, Sendable {
    /// `columns:` in `dovetail.yaml`.
    case declared
    /// The ledger; without an origin an earlier Dovetail pinned it.
    case pinned(PinOrigin?)
    /// Files that were just examined, as absolute paths.
    case shown(by: [String], isGuess: Bool)
  }

  let input: JobInput
  /// As the input has it; nil while no file has shown a value.
  let type: String?
  let source: Source

  /// The columns that a job joins on, as one of its inputs has them, by the name in `on:`.
  ///
  /// Keys of the output are equal in all inputs by construction, and are left out.
  static func all(
    of job: JobDefinition, _ input: JobInput, _ columns: [SeenColumn],
    source: (SeenColumn) -> Source
  ) -> [ExactText: JoinColumn] {
    var found: [ExactText: JoinColumn] = [:]
    for name in job.comparedColumns.compactMap({ $0[input.name]?.text }) {
      guard let column = columns.first(where: { $0.name.isSameName(as: name) }) else { continue }
      found[name.exact] = JoinColumn(input: input, type: column.type, source: source(column))
    }
    return found
  }

  /// Where the type comes from, for people.
  fileprivate var place: String {
    switch source {
    case .declared: return "declared under `columns:` of table \(input.table.name)"
    case .pinned(let origin):
      let run = origin?.run.map { " by run \($0)" } ?? ""
      return "pinned for table \(input.table.name)\(run)"
    case .shown(let files, let isGuess):
      let others = files.count > 1 ? " and \(files.count - 1) more" : ""
      return
        "\(isGuess ? "guessed from " : "in ")\(files.first ?? "\(input.table.location)")\(others)"
    }
  }
}

/// Two inputs whose columns to join on have types that cannot be compared value by value.
struct JoinColumnClash: Hashable, Sendable, CustomStringConvertible {
  /// As the job spells it.
  @ExactText var column: String
  let left: JoinColumn
  let right: JoinColumn

  /// The sentence for the operator: both places, why it matters, and what to do.
  var description: String {
    let (leftType, rightType) = (left.type ?? "", right.type ?? "")
    return
      "The join column \"\(column)\" is \(leftType) in the input \(left.input.name) (\(left.place)) "
      + "and \(rightType) in the input \(right.input.name) (\(right.place)). Comparing the two takes a "
      + "conversion, and which rows meet depends on it, so none is chosen for you. \(remedy)write `sql:` instead of "
      + "`join:` and compare with a cast, as in \(left.input.name).\(column) = "
      + "CAST(\(right.input.name).\(column) AS \(leftType))."
  }

  /// What can be done at the tables: the types of text files are the reader's to choose.
  private var remedy: String {
    let sides = [(left, right), (right, left)]
    let text = sides.filter { !$0.0.input.table.isOutput && $0.0.input.table.format != .parquet }
    if text.count == 2, left.input.table != right.input.table {
      return
        "Declare one type for it under `columns:` of both tables (`dovetail tables --columns` prints "
        + "what to write), or "
    }
    if let (side, other) = text.first {
      let table = side.input.table.name
      return
        "Declare it as \(other.type ?? "") under `columns:` of table \(table) (`dovetail tables "
        + "\(table) --columns` prints what to write), or "
    }
    if let (side, other) = sides.first(where: { $0.0.input.table.isOutput }) {
      return
        "Cast it to \(other.type ?? "") in the `select:` or `sql:` of job \(side.input.table.name), "
        + "or "
    }
    return "The files say their types: let the writer of one of them change it, or "
  }
}

extension Planner {
  /// Checks that the columns to join on can be compared value by value, and gives those without a value
  /// the type of the others, since NULL is a value of every type.
  ///
  /// - Throws: `PlanError.definition` for the first column that does not fit.
  func checkJoinColumns(_ job: JobDefinition, _ inputs: inout InputColumns) async throws {
    for compared in job.comparedColumns {
      let sides = job.inputs.compactMap { input in
        compared[input.name].flatMap { inputs.joined[input.name]?[$0] }
      }
      let typed = sides.filter { $0.type != nil }
      for (index, right) in typed.enumerated() {
        for left in typed[..<index] where left.type?.exact != right.type?.exact {
          guard try await !schemas.compares(left.type ?? "", with: right.type ?? "") else {
            continue
          }
          let name = compared[left.input.name]?.text ?? ""
          let clash = JoinColumnClash(column: name, left: left, right: right)
          throw PlanError.definition(job: job.name, reason: clash.description)
        }
      }
      guard let type = typed.first?.type else { continue }
      for side in sides where side.type == nil {
        let name = compared[side.input.name]?.text ?? ""
        inputs.columns[side.input.name] = inputs.columns[side.input.name]?.map { column in
          column.name.isSameName(as: name) ? Column(name: column.name, type: type) : column
        }
      }
    }
  }
}

extension JobDefinition {
  /// The columns that a join compares with each other, each by the names of the inputs that have it.
  ///
  /// Keys that all inputs and the output are partitioned by are equal by construction, and are left out.
  var comparedColumns: [[String: ExactText]] {  // characters: input names are ASCII
    switch transformation {
    case .sql: return []
    case .join(_, let on, _):
      let compared = on.filter { name in
        !output.keys.contains { $0.name.isSameName(as: name) }
      }
      return compared.map { name in
        Dictionary(inputs.map { ($0.name, name.exact) }, uniquingKeysWith: { $1 })
      }
    case .joinToFirst(let conditions, _):
      return zip(conditions, inputs.dropFirst()).flatMap { condition, other in
        condition.on.map { [inputs[0].name: $0.first.exact, other.name: $0.other.exact] }
      }
    }
  }
}
