/// Writes a predicate as expressions for GetPartitions of the Glue Data Catalog.
///
/// An expression has at most 2,048 characters, so that a predicate may need several; a partition that
/// one of them selects is selected. Where leading keys are compared by `=` or IN there is one
/// expression, or more, for each of their values, beginning with `year = 2020 AND month = 10 AND`:
/// only these are served by a partition index, and no two of different values select the same
/// partition.
public struct GluePrinter: Sendable {
  /// The greatest number of characters of an expression.
  ///
  /// The documentation does not say what a character is. UTF-16 units are counted, which are never
  /// fewer than code points.
  public static let limit = 2048

  /// Creates a printer.
  public init() {}

  /// The expressions whose union selects exactly what the predicate selects.
  ///
  /// No expression for FALSE: then there is nothing to ask for.
  ///
  /// - Throws: `PredicateDialectError.glue` for TRUE, which needs a call without an expression; for
  ///   NULL tests, functions, casts, RLIKE, `<=>`, IS TRUE, boolean keys, keys that are compared as
  ///   another type than their own, reserved names, and clauses that cannot be cut to 2,048
  ///   characters.
  public func expressions(_ predicate: PushdownPredicate) throws(PredicateDialectError) -> [String]
  {
    let reader = GlueReader(predicate)
    let clause = try reader.clause(predicate.root.withNegationsDown)
    if let node = clause.unsaidNullTest, case .test(.isNull(let operand), _) = node.kind,
      case .key(let index) = operand.kind
    {
      throw reader.refusal(.null(key: predicate.keys[index]), node)
    }
    switch clause {
    case .never: return []
    case .always: throw reader.refusal(.everything, predicate.root)
    default: break
    }
    var expressions: [String] = []
    for group in GlueGroup.groups(clause.alternatives, keys: predicate.keys.indices) {
      let room = Self.limit - group.overhead
      do throws(GlueLength) {
        if room < 0 { throw GlueLength(needed: 0) }
        var pieces: [GlueConjunction] = []
        for alternative in group.alternatives { pieces += try alternative.pieces(room: room) }
        expressions += group.packed(pieces)
      } catch {
        throw reader.refusal(.length(group.overhead + error.needed), predicate.root)
      }
    }
    return expressions
  }
}
