import Foundation

/// `dovetail-bench`: runs Dovetail and the same join written by hand, side by side, as whole processes;
/// `dovetail-bench times`: the same for joins by time;
/// `dovetail-bench s3`: runs and listings on S3 beside DuckDB with httpfs, boto3 and awscli;
/// `dovetail-bench console`: keys in the console beside `less` and visidata, in a pseudo terminal;
/// `dovetail-bench predicates`: reads, writes and applies predicates beside DuckDB, in one process.
@main
struct Bench {
  static func main() async {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == SQLTask.mode, arguments.count == 2 {
        try await SQLTask(file: arguments[1]).run()
        return
      }
      if arguments.first == PredicateOptions.mode {
        guard let options = try PredicateOptions(Array(arguments.dropFirst())) else {
          return print(PredicateOptions.help)
        }
        try await PredicateComparison(options).run()
        return
      }
      if arguments.first == TimeOptions.mode {
        guard let options = try TimeOptions(Array(arguments.dropFirst())) else {
          return print(TimeOptions.help)
        }
        try report(
          try TimeComparison(options).run().markdown, in: options.markdown,
          MarkedPart(TimeOptions.mode))
        return
      }
      if arguments.first == S3Options.mode {
        guard let options = try S3Options(Array(arguments.dropFirst())) else {
          return print(S3Options.help)
        }
        try report(
          try S3Comparison(options).run().markdown, in: options.markdown,
          MarkedPart(S3Options.mode))
        return
      }
      if arguments.first == ConsoleOptions.mode {
        guard let options = try ConsoleOptions(Array(arguments.dropFirst())) else {
          return print(ConsoleOptions.help)
        }
        try report(
          try ConsoleComparison(options).run().markdown, in: options.markdown,
          MarkedPart(ConsoleOptions.mode))
        return
      }
      guard let options = try Options(arguments) else { return print(Options.help) }
      var results: [Results] = []
      for size in options.cases { results.append(try Comparison(size, options).run()) }
      try report(Results.markdown(of: results), in: options.markdown, MarkedPart())
    } catch {
      FileHandle.standardError.write(Data("dovetail-bench: \(error)\n".utf8))
      exit(1)
    }
  }

  /// Prints results, and writes them into a document, if there is one.
  private static func report(_ markdown: String, in document: String?, _ part: MarkedPart) throws {
    print(markdown)
    if let document { try part.replace(in: document, with: markdown) }
  }
}

/// Why nothing could be measured, as a sentence.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
