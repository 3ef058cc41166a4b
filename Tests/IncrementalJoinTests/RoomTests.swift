import Foundation
import Testing

/// Which rooms may use which: what the modules of Package.swift do not say by themselves.
@Suite("Rooms use only those below them")
struct RoomTests {
  private static let sources = URL(filePath: #filePath).appending(path: "../../../Sources")
    .standardized.path

  /// The code of the files below a folder, without comments, by path.
  private static func code(_ folder: String) throws -> [(path: String, text: String)] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(sources)/\(folder)")
      .filter { $0.hasSuffix(".swift") }.sorted().map { path in
        let text = try String(contentsOfFile: "\(sources)/\(folder)/\(path)", encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
        return ("\(folder)/\(path)", lines.joined(separator: "\n"))
      }
  }

  @Test("only what opens the console imports it")
  func console() throws {
    let files = try Self.code("dovetail")
    #expect(files.count > 80)
    let importing = files.filter { $0.text.contains("import Console\n") }.map(\.path)
    #expect(importing.contains("dovetail/Commands/OpenConsole.swift"))
    for path in importing where path != "dovetail/Commands/OpenConsole.swift" {
      #expect(path.hasPrefix("dovetail/ConsoleLoop/"), "\(path) imports the console")
    }
  }

  @Test("the core and what both front ends share open no files, no terminal and no engine")
  func core() throws {
    for folder in ["PartitionPredicate", "IncrementalJoin", "Operations", "Reports", "Wording"] {
      let files = try Self.code(folder)
      #expect(!files.isEmpty)
      for (path, text) in files {
        for word in ["FileManager", "FileHandle", "import Terminal", "import DuckDBEngine"] {
          #expect(!text.contains(word), "\(path) has \(word)")
        }
      }
    }
  }
}
