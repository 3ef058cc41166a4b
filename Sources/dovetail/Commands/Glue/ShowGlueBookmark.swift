import ArgumentParser
import Foundation
import GlueCatalog
import Operations
import Reports
import Wording

/// `dovetail glue bookmark JOB`: decodes the bookmark of a Glue job.
struct ShowGlueBookmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bookmark",
    abstract: "Show the bookmark of a Glue job: what each transformation_ctx has consumed.",
    discussion: """
      Example: dovetail glue bookmark nightly --run jr_16cd

      A file counts as consumed when it was modified up to STARTED AT less BAND, or in the band and is one \
      of the LISTED files, which Glue keeps as digests of their paths and times.
      """)

  @Argument(help: "The Glue job.")
  var name: String

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("As of this run of the Glue job; by default its last one.", valueName: "id"))
  var number: String?

  @OptionGroup var options: Options

  func run() async throws {
    let session = try await Session(options.workspace)
    let bookmark = try await session.glueBookmark(of: name, run: number)
    if options.json { return try Report.json(GlueBookmarkJSON(bookmark)) }
    let entry = bookmark.entry
    Report.line(
      "Glue job \(entry.job): bookmark version \(entry.version), run \(entry.run), attempt \(entry.attempt)."
    )
    if let run = entry.runID {
      Report.line(
        "Written by run \(run)\(entry.previousRunID.map { ", after run \($0)" } ?? "").")
    }
    if bookmark.contexts.isEmpty { Report.line("No transformation_ctx has consumed anything.") }
    Report.table(
      ["CONTEXT", .number("RUN"), "STARTED AT", .number("BAND"), .number("LISTED")],
      bookmark.contexts.map { context in
        [
          context.name, "\(context.run)",
          Quantity.instant(nanoseconds: context.startedAt * 1_000_000),
          Quantity.span(.milliseconds(context.band)), Quantity.number(context.listed.count),
        ]
      })
  }
}

extension Session {
  /// The bookmark of a Glue job, read from the catalog.
  ///
  /// - Throws: `CatalogError` or `GlueBookmarkError`.
  func glueBookmark(of job: String, run: String?) async throws -> GlueBookmark {
    try GlueBookmark(try await catalog.client().bookmark(of: job, run: run))
  }
}

/// The JSON of the bookmark of a Glue job.
struct GlueBookmarkJSON: Encodable {
  struct Context: Encodable {
    let name: String
    let run: Int
    let startedAt: String
    let bandSeconds: Double
    let listed: [Listed]
  }

  /// MD5 digests in hexadecimal: of the path with the modification time, and of the path alone.
  struct Listed: Encodable {
    let version: String
    let path: String
  }

  let job: String
  let version: Int
  let run: Int
  let attempt: Int
  let runID: String?
  let previousRunID: String?
  let contexts: [Context]

  init(_ bookmark: GlueBookmark) {
    let entry = bookmark.entry
    job = entry.job
    version = entry.version
    run = entry.run
    attempt = entry.attempt
    runID = entry.runID
    previousRunID = entry.previousRunID
    contexts = bookmark.contexts.map { context in
      Context(
        name: context.name, run: context.run, startedAt: timestamp(context.startedAt * 1_000_000),
        bandSeconds: Double(context.band) / 1000,
        listed: context.listed.map { Listed(version: $0.version, path: $0.path) })
    }
  }
}
