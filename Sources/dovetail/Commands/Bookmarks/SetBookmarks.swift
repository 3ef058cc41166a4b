import ArgumentParser
import GlueCatalog
import IncrementalJoin
import Operations
import PartitionPredicate

/// `dovetail bookmarks set`: makes the current files, or those that a Glue job has consumed, count as consumed.
struct SetBookmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract:
      "Count the current files as consumed without running, because the output is already right.",
    discussion: """
      Example: dovetail bookmarks set --where 'month = 1' --note 'loaded by hand' \
      --confirm flights_weather
      or: dovetail bookmarks set --from-glue nightly --context weather=weather_node1 --confirm flights_weather

      What is published stays as it is. A changed definition of the job counts as applied too, unless \
      --input names one input. With --from-glue only the files count as consumed that the bookmark of \
      this Glue job says were; the partitions of all others become or stay pending.
      """)

  @Option(help: ArgumentHelp("Take what this Glue job has consumed.", valueName: "job"))
  var fromGlue: String?

  @Option(
    help: ArgumentHelp("As of this run of the Glue job; by default its last one.", valueName: "id"))
  var glueRun: String?

  @Option(
    name: .customLong("context"),
    help: ArgumentHelp(
      "The transformation_ctx of an input that has another name in the Glue job.",
      valueName: "input=name"))
  var contexts: [String] = []

  @OptionGroup var operation: BookmarkOperation

  func validate() throws {
    if fromGlue == nil, glueRun != nil || !contexts.isEmpty {
      throw ValidationError("--glue-run and --context belong to --from-glue.")
    }
    if let text = contexts.first(where: { $0.exact.range(ofFirst: "=") == nil }) {
      throw ValidationError(
        "\"\(text)\" is not of the form input=name, such as weather=weather_node1.")
    }
  }

  func run() async throws {
    guard let fromGlue else { return try await operation.perform(.set) }
    let session = try await Session(operation.options.workspace)
    let job = try session.job(operation.choice)
    let names = try names(of: job)
    let bookmark = try await session.glueBookmark(of: fromGlue, run: glueRun)
    let consumptions = try bookmark.consumption(
      in: try await session.report(of: job), input: operation.input, contexts: names)
    let run = bookmark.entry.runID.map { " after run \($0)" } ?? ""
    let consumed = ConsumedFiles(
      origin: "the Glue job \(fromGlue)\(run)",
      files: Dictionary(
        consumptions.map { ($0.input, $0.consumed) }, uniquingKeysWith: { $1 }))
    if !operation.options.json {
      for consumption in consumptions { Report.line("\(consumption)") }
      Report.line()
    }
    try await operation.perform(.take(consumed), of: job, in: session, glue: consumptions)
  }

  /// The contexts that are named, by input.
  // characters: input names are ASCII
  private func names(of job: JobDefinition) throws -> [String: String] {
    var names: [String: String] = [:]  // characters: input names are ASCII
    for text in contexts {
      let parts = text.exact.parts(separatedBy: "=", maxSplits: 1, omittingEmpty: false)
      let input = parts[0].text
      guard job.inputs.contains(where: { $0.name == input }) else {
        throw LookupError.input(
          input, of: job.name, known: job.inputs.map(\.name), for: .bookmarks)
      }
      names[input] = parts[1].text
    }
    return names
  }
}

/// The JSON of what a Glue job has consumed of one input.
struct GlueConsumptionJSON: Encodable {
  let input: String
  let context: String
  /// Files modified before the band, and those in the band that the list contains.
  let byTime: Int
  let byList: Int
  /// Files that count as not consumed.
  let unlisted: [ExactText]
  let later: [ExactText]

  init(_ consumption: GlueConsumption) {
    input = consumption.input
    context = consumption.context.name
    byTime = consumption.byTime.count
    byList = consumption.byList.count
    unlisted = consumption.unlisted.map(\.path)
    later = consumption.later.map(\.path)
  }
}
