import Foundation

/// The measurement of predicates: builds the table, repeats every row in turn, checks and reports.
struct PredicateComparison {
  private let options: PredicateOptions

  init(_ options: PredicateOptions) { self.options = options }

  /// Measures and prints.
  func run() async throws {
    say("Making \(options.partitions) partitions")
    let known = KnownPartitions(count: options.partitions)
    var generation = PredicateGeneration(known, pending: options.pending)
    for repetition in 0...options.repetitions {
      say("Writing, \(name(repetition))")
      try generation.repeatOnce(checking: repetition == 0)
    }
    let ownMemory = peakMemory
    let duckDB = try await DuckDBPartitions(known)
    var pruning = try PredicatePruning(
      known, duckDB, terms: options.terms, sample: options.sample)
    for repetition in 0...options.repetitions {
      say("Pruning, \(name(repetition))")
      try await pruning.repeatOnce(counting: repetition > 0)
    }
    var reading = try PredicateReading(known, duckDB, terms: options.parsedTerms)
    for repetition in 0...options.repetitions {
      say("Reading, \(name(repetition))")
      try await reading.repeatOnce(checking: repetition == 0)
    }
    let markdown = """
      \(title)

      \(generation.markdown)

      \(pruning.markdown)

      \(reading.markdown)

      | goal | limit | measured | |
      |---|--:|--:|---|
      \(goals(generation, pruning).joined(separator: "\n"))

      Peak memory of the process: \(ownMemory) after writing, with the checks, before DuckDB was \
      started; \(peakMemory) in the end.

      \(Machine(software: try await duckDB.version).description)

      """
    print(markdown)
    if let document = options.markdown {
      try MarkedPart(PredicateOptions.mode).replace(in: document, with: markdown)
    }
  }

  private func goals(_ generation: PredicateGeneration, _ pruning: PredicatePruning) -> [String] {
    let lengths = [KnownPartitions.Choice.newestDays, .runOfEachRegion].map { choice in
      let share = generation.share(choice) * 100
      return "| compact text, \(choice.title), of the plain text | at most 1 % "
        + "| \(String(format: "%.3f", share)) % | \(share <= 1 ? "met" : "missed") |"
    }
    let times = [
      ("compile and select", pruning.advantage),
      ("read, bind, compile and select", pruning.advantageWithReading),
    ].map { name, advantage in
      "| \(name), against DuckDB's whole query | at least 10 times faster "
        + "| \(String(format: "%.0f", advantage)) times | \(advantage >= 10 ? "met" : "missed") |"
    }
    return lengths + times
  }

  private var title: String {
    """
    \(number(options.partitions)) partitions by region, day and hour; \(number(options.pending)) \
    of them pending. Pruning with \(number(options.terms)) terms, the naive form for \
    \(number(options.sample)) partitions; reading \(number(options.parsedTerms)) terms.
    """
  }

  private func name(_ repetition: Int) -> String {
    repetition == 0 ? "warming up" : "repetition \(repetition) of \(options.repetitions)"
  }

  private func number(_ number: Int) -> String {
    number.formatted(.number.locale(Locale(identifier: "en_US")))
  }

  /// The largest resident set so far.
  private var peakMemory: String { "\(rusage.ofThisProcess.peakMemory / 1_048_576) MiB" }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("dovetail-bench: \(text)\n".utf8))
  }
}
