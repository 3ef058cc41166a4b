import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  /// The keys of a condition, which belong in `join:` and may also be given for an input.
  private static let conditionKeys = ["type", "on", "asof", "within"]

  /// The inputs, or nil when a mistake left some of them out.
  mutating func inputs(of field: DeclaredField?, job: String) -> [InputDeclaration]? {
    guard let field, check(field, is: [.mapping, .list]) else { return nil }
    let before = mistakes.count
    var inputs: [InputDeclaration] = []
    if field.value.kind == .list {
      inputs = (names(of: field, naming: .input) ?? []).map {
        InputDeclaration(name: $0, source: $0)
      }
    } else {
      for entry in entries(of: field, naming: .input) {
        if let input = input(entry, job: job) { inputs.append(input) }
      }
    }
    return mistakes.count == before ? inputs : nil
  }

  private mutating func input(_ entry: DeclaredField, job: String) -> InputDeclaration? {
    guard check(entry, is: [.text, .mapping]) else { return nil }
    guard entry.value.kind == .mapping else {
      return text(of: entry).map { InputDeclaration(name: entry.located, source: $0) }
    }
    guard
      let fields = fields(
        of: entry, in: .input(entry.name, job: job), at: entry.namePosition, required: ["table"],
        optional: ["window", "changes", "keys"] + Self.conditionKeys),
      let source = text(of: fields["table"])
    else { return nil }
    var input = InputDeclaration(name: entry.located, source: source)
    if let window = fields["window"] {
      input.window = self.window(window, marks: true).map { Located($0, at: window.namePosition) }
      input.haloColumn = haloColumn(of: window)
    }
    input.changes =
      word(of: fields["changes"], default: ChangePolicy.all, noun: "choice of changes") ?? .all
    if let keys = fields["keys"] {
      for rename in entries(of: keys, naming: .partitionKey) {
        guard let own = text(of: rename) else { continue }
        input.renames.append(
          Located(KeyRename(name: rename.name, own: own.value), at: own.position))
      }
    }
    input.condition = condition(fields, at: entry.namePosition)
    return input
  }

  mutating func read(_ join: DeclaredField, into job: inout JobDeclaration) {
    let name = job.name.value
    let before = mistakes.count
    guard
      let fields = fields(
        of: join, in: .join(job: name), at: join.namePosition, required: [],
        optional: Self.conditionKeys + ["select"])
    else { return }
    let condition =
      condition(fields, at: join.namePosition) ?? ConditionDeclaration(join.namePosition)
    // A misspelled key must not be reported as missing too.
    let isWhole = mistakes.count == before
    let select = fields["select"].flatMap { texts(of: $0) }
    if let field = fields["select"], let select {
      if select.isEmpty { report(.empty(key: "select", field.role), at: field.position) }
      for cut in CommaCut.all(in: select) { report(.cutAtComma(cut.text), at: cut.position) }
    }
    guard isWhole else { return }
    job.join = JoinDeclaration(condition: condition, select: select?.map(\.value))
  }

  /// The parts of a condition that are written; nil when there are none.
  private mutating func condition(
    _ fields: [String: DeclaredField], at position: Position
  ) -> ConditionDeclaration? {
    guard Self.conditionKeys.contains(where: { fields[$0] != nil }) else { return nil }
    var condition = ConditionDeclaration(position)
    if let type = fields["type"] {
      condition.type = word(of: type, default: JoinType.inner, noun: "join type")
        .map { Located($0, at: type.position) }
    }
    if let on = fields["on"] { condition.on = joinedColumns(of: on) }
    let times = fields.filter { ["asof", "within"].contains($0.key) && !$0.value.isNone }
    condition.isWithoutTime = times.isEmpty && (fields["asof"] ?? fields["within"]) != nil
    switch (times["asof"], times["within"]) {
    case (let asof?, nil):
      condition.time = self.asof(asof).map { Located($0, at: asof.namePosition) }
    case (nil, let within?):
      condition.time = window(within).map {
        Located(.within(before: $0.before, after: $0.after), at: within.namePosition)
      }
    case (let asof?, let within?):
      report(.time(.asofAndWithin), at: max(asof.namePosition, within.namePosition))
    case (nil, nil): break
    }
    return condition
  }

  /// Reads `[symbol, { id: order_id }]`; nil for a mistake.
  private mutating func joinedColumns(of field: DeclaredField) -> [Located<JoinedColumns>]? {
    guard check(field, is: [.list]) else { return nil }
    var columns: [Located<JoinedColumns>] = []
    for item in field.value.items {
      let pair = item.kind == .mapping && item.pairs.count == 1 ? item.pairs.first : nil
      guard let first = pair?.key.text ?? item.text, let other = pair?.value.text ?? item.text
      else {
        report(
          item.kind == .mapping
            ? .time(.noPair) : .wrongItem(key: field.name, field.role, found: item.kind),
          at: item.position)
        return nil
      }
      let names = first.exact == other.exact ? [first] : [first, other]
      guard names.allSatisfy({ accept(Located($0, at: item.position), as: .joinColumn, after: []) })
      else { continue }
      if let same = columns.first(where: { $0.value.other.isSameName(as: other) }) {
        report(
          .duplicate(.joinColumn, other, first: same.value.other, line: same.position.line),
          at: item.position)
        continue
      }
      columns.append(Located(JoinedColumns(first: first, other: other), at: item.position))
    }
    if columns.isEmpty { report(.empty(key: field.name, field.role), at: field.position) }
    return columns.isEmpty ? nil : columns
  }

  private mutating func asof(_ field: DeclaredField) -> TimeCondition? {
    guard
      let fields = fields(
        of: field, in: .asof, at: field.namePosition, required: ["tolerance"],
        optional: ["direction", "strict"])
    else { return nil }
    let direction = word(
      of: fields["direction"], default: AsofDirection.backward, noun: "direction")
    let isStrict = flag(of: fields["strict"]) ?? false
    guard let direction, let tolerance = span(of: fields["tolerance"]) else { return nil }
    guard tolerance > .zero else {
      report(.time(.noTolerance), at: fields["tolerance"]?.position ?? field.position)
      return nil
    }
    return .asof(direction: direction, tolerance: tolerance, isStrict: isStrict)
  }

  /// Reads `{ before: 0s, after: 30d }`, where either may be missing; for `sql:` also `halo: name`.
  private mutating func window(_ field: DeclaredField, marks: Bool = false) -> TimeWindow? {
    let before = mistakes.count
    guard
      let fields = fields(
        of: field, in: .window(field.name), at: field.namePosition, required: [],
        optional: ["before", "after"] + (marks ? ["halo"] : []))
    else { return nil }
    guard fields["before"] != nil || fields["after"] != nil || mistakes.count > before else {
      report(.time(.emptyWindow(field.name)), at: field.namePosition)
      return nil
    }
    let window = TimeWindow(
      before: span(of: fields["before"]) ?? .zero, after: span(of: fields["after"]) ?? .zero)
    return mistakes.count == before ? window : nil
  }

  /// The name of the column that tells whether a row belongs to the halo.
  private mutating func haloColumn(of window: DeclaredField) -> String? {
    guard window.value.kind == .mapping,
      let pair = window.value.pairs.first(where: { $0.key.text?.exact == "halo".exact }),
      let name = pair.value.text,
      accept(Located(name, at: pair.value.position), as: .joinColumn, after: [])
    else { return nil }
    return name
  }
}
