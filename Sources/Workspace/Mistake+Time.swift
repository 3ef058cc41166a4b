public import IncrementalJoin
public import PartitionPredicate

/// What is wrong with a time, a window or a condition.
public enum TimeProblem: Hashable, Sendable {
  case keys(TimeKeysError)
  case zone(SpanError)
  case columnIsKey(String)
  case unknownColumn(String, near: String?, columns: [String])
  /// A column of integers without a unit.
  case noUnit(column: String, type: String)
  case unitOfTime(column: String, type: String)
  case noTimeType(column: String, type: String)
  case badSpan(key: String, String)
  case tooLong(key: String, String)
  /// A mapping below `on:` that does not pair one column of the first input with one of the other.
  case noPair
  case noTolerance
  case emptyWindow(String)
  case asofAndWithin
  case asofOuter(JoinType)
  case withinOuterOfMany(JoinType)
  /// An input of a join by time that reads something without a `time:`.
  ///
  /// `inherited` is the key of the join that requires a time, where the input can do without one.
  case noTime(input: String, Timeless, inherited: String?)
  case windowBesideJoin(input: String)
  /// A window at the first input, whose rows are always those of the output partition.
  case windowAtFirst(input: String)
  /// `of: window` for inputs that are not cut by time.
  case waitWithoutTime
  /// A join that keeps unmatched rows of several other inputs.
  case outerOfMany(JoinType)
  case conditionBesideSQL(input: String)
  case conditionAtFirst(input: String)
  case noCondition(input: String)
  case unknownOwnKey(String, input: String, near: String?, keys: [String])
  /// The output's keys do not follow from the first input's.
  case output(OutputCellsError)
  /// An input whose unmatched rows would be in several output partitions.
  ///
  /// With the `renames`, unless they are empty, they would not be.
  case outerNeedsKeys(JoinType, input: String, OutputCellsError, renames: [KeyRename])

  /// What has no `time:`.
  public enum Timeless: Hashable, Sendable {
    case table(String)
    /// A job's output that no table declares.
    case output(job: String, location: String, keys: [PartitionKey])
  }
}

extension TimeProblem {
  /// What is wrong, without position and advice.
  var sentence: String {
    switch self {
    case .keys(let error): return Self.parted("\(error)").sentence
    case .zone(let error): return Self.parted("\(error)").sentence
    case .output(let error): return Self.parted("\(error)").sentence
    case .columnIsKey(let name):
      return "the time column \(name.quoted) is a partition key of the table"
    case .unknownColumn(let name, _, _): return "the table has no column \(name.quoted)"
    case .noUnit(let column, let type):
      return
        "the time column \(column.quoted) is \(type): the unit in which it counts from 1970 is not declared"
    case .unitOfTime(let column, let type):
      return "the time column \(column.quoted) is \(type), which has no unit"
    case .noTimeType(let column, let type):
      return "the time column \(column.quoted) is \(type), which is not a time"
    case .badSpan(let key, let text): return "\(key): \(text.quoted) is not a length of time"
    case .tooLong(let key, let text): return "\(key): \(text.quoted) is more than 366 days"
    case .noPair: return "a mapping in \"on\" must be one pair of columns"
    case .noTolerance: return "the tolerance is zero"
    case .emptyWindow(let key): return "\(key.quoted) says neither before nor after"
    case .asofAndWithin: return "a join has both asof and within"
    case .asofOuter(let type): return "an asof join is inner or left, not \(type.rawValue)"
    case .withinOuterOfMany(let type):
      return "a \(type.rawValue) join within a time has two inputs, not more"
    case .noTime(let input, .table(let table), _):
      return
        "input \(input.printable) is joined by time, and its table \(table.printable) has no time"
    case .noTime(let input, .output(let job, _, _), _):
      return
        "input \(input.printable) is joined by time, and the output of job \(job.printable) has no time"
    case .windowBesideJoin(let input):
      return
        "input \(input.printable) has a window, and the job a join, whose windows follow from asof and within"
    case .windowAtFirst(let input):
      return
        "input \(input.printable) is the first one, whose rows are those of the output partition itself"
    case .waitWithoutTime:
      return "of: window needs a time, and the table of the first input has none"
    case .outerOfMany(let type):
      return
        "a \(type.rawValue) join in which inputs have conditions of their own has two inputs, not more"
    case .conditionBesideSQL(let input):
      return "input \(input.printable) has a condition of a join, and the job has sql"
    case .conditionAtFirst(let input):
      return "input \(input.printable) is the first one, to which the others are joined"
    case .noCondition(let input): return "nothing says how input \(input.printable) is joined"
    case .unknownOwnKey(let name, let input, _, _):
      return "the table of input \(input.printable) has no partition key \(name.quoted)"
    case .outerNeedsKeys(let type, let input, let error, _):
      return
        "a \(type.rawValue) join keeps unmatched rows of input \(input.printable), but it is not clear in which "
        + "output partition: \(Self.parted("\(error)").sentence)"
    }
  }

  /// What to do about it.
  var hint: String {
    switch self {
    case .keys(let error):
      return Self.parted("\(error)").advice ?? "correct `keys:`, or leave them out."
    case .zone(let error):
      return Self.parted("\(error)").advice ?? "write a name such as Europe/Berlin."
    case .output(let error):
      return Self.parted("\(error)").advice
        ?? "name keys of the first input, or coarser parts of its time."
    case .columnIsKey: return "name the column of the files that has the time of a row."
    case .unknownColumn(_, let near, let columns):
      return near.map { "did you mean \($0.quoted)?" } ?? "declared are \(columns.listed)."
    case .noUnit(let column, _):
      return "write time: { column: \(column.printable), unit: s }, or ms or us."
    case .unitOfTime: return "remove the unit: it is for columns of whole numbers."
    case .noTimeType:
      return
        "name a column of type DATE, TIMESTAMP or TIMESTAMP WITH TIME ZONE, or of whole numbers with a unit."
    case .badSpan(let key, let text):
      return DeclaredQuantity.advice(onUnitOf: text) { Duration(spelling: $0) != nil }
        ?? "write a whole number and ns, us, ms, s, m, h, d or w: \(key): 15m."
    case .tooLong:
      return "write 366d at most: one new file rebuilds all partitions that its window reaches."
    case .noPair:
      return "write one pair per item, the first input's column in front: on: [{ id: order_id }]."
    case .noTolerance: return "write how far the nearest row may be away: tolerance: 15m."
    case .emptyWindow(let key): return "write \(key): { before: 0s, after: 30d }."
    case .asofAndWithin:
      return "keep asof for the nearest row, or within for all rows near enough."
    case .asofOuter:
      return
        "write type: left to keep rows without a near one, or let the other input be the first."
    case .withinOuterOfMany: return "write type: left, or join two inputs per job."
    case .noTime(let input, let timeless, let inherited):
      return timeless.hint
        + (inherited.map {
          " If \(input.printable) is joined by columns only, write \($0): none at this input."
        } ?? "")
    case .windowBesideJoin: return "remove the window, or write sql: instead of join:."
    case .windowAtFirst: return "write the window at the other inputs."
    case .waitWithoutTime:
      return "add time: to the tables, or write of: partition, which is the default."
    case .outerOfMany: return "write type: left, or join two inputs per job."
    case .conditionBesideSQL:
      return "write the condition in the SQL, and window: here if it needs one."
    case .conditionAtFirst: return "write the condition at the other input."
    case .noCondition: return "write on: [column], asof: or within: in the join, or at this input."
    case .unknownOwnKey(_, _, let near, let keys):
      return near.map { "did you mean \($0.quoted)?" }
        ?? "write keys: { name_in_the_output: own_key }; "
        + (keys.isEmpty ? "the table has no keys." : "the table's keys are \(keys.listed).")
    case .outerNeedsKeys(_, _, _, let renames):
      let ways = "write type: left or inner, or let this input be the first one."
      let keys = renames.map { "\($0.name.printable): \($0.own.printable)" }
      return keys.isEmpty
        ? ways
        : "write keys: { \(keys.joined(separator: ", ")) } at this input if they are the same; else \(ways)"
    }
  }

  /// The first sentence of an error, and the rest.
  static func parted(_ text: String) -> (sentence: String, advice: String?) {
    guard let end = text.exact.range(ofFirst: ". ") else {
      return (text.exact.ends(with: ".") ? String(text.dropLast()) : text, nil)
    }
    let advice = text[end.upperBound...]
    let rest = String(advice.prefix(1)).exact.lowercased.text + advice.dropFirst()
    return (String(text[..<end.lowerBound]), rest.exact.ends(with: ".") ? rest : rest + ".")
  }
}

extension TimeProblem.Timeless {
  /// Where to declare what the time is.
  fileprivate var hint: String {
    switch self {
    case .table(let table):
      return
        "add time: to table \(table.printable): the column with a row's time, as in time: ts."
    case .output(let job, let location, let keys):
      let list = keys.map { "\($0.name.printable): \($0.type)" }.joined(separator: ", ")
      let partitions = keys.isEmpty ? "" : ", partitions: { \(list) }"
      return
        "declare a table at its location with the column of a row's time, and read that one: \(job.printable)_table: { "
        + "location: \(location.printable)\(partitions), time: ts }."
    }
  }
}
