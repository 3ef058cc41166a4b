import Foundation

/// `dovetail-bench`: runs Dovetail and the same join written by hand, side by side, as whole processes;
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
      guard let options = try Options(arguments) else { return print(Options.help) }
      var results: [Results] = []
      for size in options.cases { results.append(try Comparison(size, options).run()) }
      let markdown = Results.markdown(of: results)
      print(markdown)
      if let document = options.markdown {
        try MarkedPart().replace(in: document, with: markdown)
      }
    } catch {
      FileHandle.standardError.write(Data("dovetail-bench: \(error)\n".utf8))
      exit(1)
    }
  }
}

/// Why nothing could be measured, as a sentence.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
