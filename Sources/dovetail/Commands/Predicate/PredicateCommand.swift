import ArgumentParser

/// `dovetail predicate`: everything about predicates, with one subcommand per question.
struct PredicateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predicate",
    abstract: "Show, explain, evaluate, debug, compare and shorten pushdown predicates.",
    discussion: """
      Example: dovetail predicate explain month=1/day=31 --job flights_weather

      Without a subcommand it shows the predicate that loads exactly the pending partitions. The \
      language is that of docs/predicate-language.md. Where a predicate is asked for, @NAME is a \
      saved one.
      """,
    subcommands: [
      ShowPredicate.self, ExplainPredicate.self, EvaluatePredicate.self, DebugPredicate.self,
      DiffPredicate.self, MinimizePredicate.self, LintPredicate.self, SavePredicate.self,
      SavedPredicateList.self,
    ],
    defaultSubcommand: ShowPredicate.self)
}
