import ArgumentParser
import PartitionPredicate
import Wording

/// `dovetail predicate minimize`: finds a shorter predicate that selects the same partitions.
struct MinimizePredicate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimize",
    abstract: "Print a shorter predicate that selects the same partitions.",
    discussion: """
      Example: dovetail predicate minimize 'day = 1 OR day IN (2, 3)' --table flights

      It is equivalent for every partition that could be. With --known it may be equivalent only for the \
      partitions known now, where that is shorter.

      \(MinimizerRule.allCases.map { "\($0.rawValue): \($0.explanation)" }.joined(separator: "\n"))
      """, aliases: ["minimise"])

  @OptionGroup var argument: PredicateArgument

  @Flag(help: "Select the same among the known partitions only; wrong once others land.")
  var known = false

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let scope = try await scope.scope(session)
    let outline = try scope.outline(argument.text(session))
    let row = JSON(outline, scope, known: known)
    if options.json { return try Report.json(row) }
    Report.line(row.text)
    for rule in row.rules { StandardError.write("dovetail: \(rule)") }
    if row.isOfKnown {
      StandardError.write(
        "dovetail: this is exact among the \(Quantity.count(scope.partitions.count, "partition")) known now only; "
          + "partitions that land later may be selected by accident.")
    }
  }

  private struct JSON: Encodable {
    let text: String
    let before: Int
    let after: Int
    let exactness: String
    /// Whether it is exact only among the known partitions.
    var isOfKnown: Bool { exactness == "known partitions" }
    /// The rules that were applied, in order.
    let rules: [String]

    init(_ outline: PredicateOutline, _ scope: PredicateScope, known: Bool) {
      let minimized = Minimizer().minimize(outline.predicate)
      let printer = SparkPrinter()
      let whole = printer.text(minimized.predicate)
      let among =
        known
        ? printer.text(
          .compact(scope.select(outline.predicate), among: scope.partitions, keys: scope.keys))
        : nil
      // What holds for every partition also holds for the known ones, and can be the shorter text.
      let shorter = among.flatMap { $0.count < whole.count ? $0 : nil }
      text = shorter ?? whole
      before = outline.source.count
      after = text.count
      exactness = shorter == nil ? "whole domain" : "known partitions"
      rules =
        shorter != nil
        ? []
        : minimized.steps.map { step in
          "\(step.rule.rawValue): \(printer.text(of: step.before, keys: scope.keys)) becomes "
            + printer.text(of: step.after, keys: scope.keys)
        }
    }
  }
}
