public import PartitionPredicate

/// The identity of a plan: enough to find it again, and to say how it differs from another.
public struct PlanPins: Hashable, Sendable, Codable {
  /// `Plan.id`.
  public let id: String
  /// `JobDefinition.fingerprint`.
  public let definition: String
  /// The id and the stamps of every version that is read, by output partition and input name; nil when
  /// only the id of the plan is known.
  public let units: [ExactText: [String: String]]?  // characters: input names are ASCII

  /// Names a plan of which only the id is known.
  public init(id: String) {
    self.id = id
    definition = ""
    units = nil
  }

  /// Records what a plan pins.
  public init(_ plan: Plan) {
    id = plan.id
    definition = plan.job.fingerprint
    units = Dictionary(
      plan.units.map { unit in
        (unit.partition.path, unit.versions.mapValues { "\($0.id) \($0.stamps)" })
      }, uniquingKeysWith: { $1 })
  }

  /// How a plan differs from these pins, a sentence each, in the order of the partitions; empty when only
  /// the id is known.
  public func changes(in plan: Plan) -> [String] {
    guard let units else { return [] }
    var changes: [String] = []
    if !DefinitionFingerprint(plan.job).isSame(as: definition) {
      changes.append("the job's definition changed")
    }
    let now = PlanPins(plan).units ?? [:]
    for path in Set(units.keys).union(now.keys).sorted() {
      switch (units[path], now[path]) {
      case (let before?, let after?):
        let inputs = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
        for input in inputs.sorted() {
          switch (before[input], after[input]) {
          case (nil, _): changes.append("\(path): files of \(input) arrived")
          case (_, nil): changes.append("\(path): the files of \(input) were removed")
          default: changes.append("\(path): files of \(input) changed")
          }
        }
      case (nil, _): changes.append("\(path): would be built too")
      case (_, nil): changes.append("\(path): would not be built any more")
      }
    }
    return changes
  }
}
