import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

@Suite("Tables of the Glue Data Catalog are added to dovetail.yaml as lines")
struct TableAdditionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func table(
    _ name: String, in database: String = "market", columns: [Column]? = nil, at root: String? = nil
  ) -> DescribedTable {
    let name = CatalogName(database: database, table: name)
    return DescribedTable(
      asked: name,
      description: TableDescription(
        name: name, location: Location(scheme: "s3", root: (root ?? "lake/\(name.table)").exact),
        format: .parquet, keys: [PartitionKey(name: "day", type: .date)], columns: columns))
  }

  private func addition(_ tables: [DescribedTable], to yaml: String) throws -> TableAddition {
    try folder.write(yaml)
    return try WorkspaceFile(in: folder.path).adding(tables)
  }

  /// The file after tables were added, each without its comments.
  private func added(_ names: [String], to yaml: String) throws -> String {
    let made = try addition(names.map { Self.table($0) }, to: yaml)
    #expect(try text() == yaml, "composing writes nothing")
    try made.write()
    let written = try text()
    let lines = made.lines.joined(separator: yaml.contains("\r\n") ? "\r\n" : "\n")
    #expect(written.contains(lines), "exactly the lines")
    #expect(Self.lines(of: written).dropFirst(made.firstLine - 1).starts(with: made.lines))
    return written.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }.filter { line in !Self.comments.contains { line.contains($0) } }
      .joined(separator: "\n")
  }

  private static let comments = [
    "# parquet in s3://", "# columns: as in", "# time: ts  ", "# watch: 90d  ",
  ]

  private static func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  }

  private func text() throws -> String {
    String(
      decoding: try Data(contentsOf: URL(filePath: "\(folder.path)/dovetail.yaml")), as: UTF8.self)
  }

  private func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)".replacing("\(folder.path)/", with: "")
    }
  }

  @Test("behind the last table and its comments, before those of what comes next")
  func place() throws {
    #expect(
      try added(
        ["quotes", "names"],
        to: """
          version: 1
          # Ours.
          tables:   # all of them
              a: { location: a }  # the first
              b:
                location: b
                # time: ts
          # c: { location: c }

          # The jobs.
          jobs: {}

          """) == """
          version: 1
          # Ours.
          tables:   # all of them
              a: { location: a }  # the first
              b:
                location: b
                # time: ts
              quotes:
                glue: market.quotes
              names:
                glue: market.names
          # c: { location: c }

          # The jobs.
          jobs: {}

          """)
  }

  @Test("with comments that say what the catalog knows, as init writes them")
  func comments() throws {
    let table = Self.table("quotes", columns: [Column(name: "bid", type: "DOUBLE")])
    let lines = try addition([table], to: "tables:\n  a: { location: a }\n").lines
    #expect(
      lines == [
        "  quotes:",
        "    glue: market.quotes",
        "    # parquet in s3://lake/quotes, partitioned by day date",
        "    # columns: bid DOUBLE",
        "    # time: ts                      # when a row happens: joins by time need it",
        "    # watch: 90d                    # what every run looks at; default: all partitions",
      ])
    #expect(GlueStartingFile([table]).text.contains(lines.joined(separator: "\n")))
  }

  @Test("with the line ends of the file, also where the last line has none, or there are blanks")
  func lineEnds() throws {
    let entry = "  quotes:\r\n    glue: market.quotes\r\n"
    #expect(
      try added(["quotes"], to: "tables:\r\n  a: { location: a }\r\n\r\njobs: {}\r\n")
        == "tables:\r\n  a: { location: a }\r\n\(entry)\r\njobs: {}\r\n")
    let plain = "  quotes:\n    glue: market.quotes\n"
    #expect(
      try added(["quotes"], to: "tables:\n  a: { location: a }")
        == "tables:\n  a: { location: a }\n\(plain)")
    #expect(
      try added(["quotes"], to: "jobs: {}\ntables:  \n  a: { location: a }  \n   \n  ")
        == "jobs: {}\ntables:  \n  a: { location: a }  \n\(plain)   \n  ")
    #expect(
      try added(["quotes"], to: "\u{FEFF}tables:\n  a: { location: a }\n...\n")
        == "\u{FEFF}tables:\n  a: { location: a }\n\(plain)...\n")
  }

  @Test("also where tables: is empty, or missing, or the whole file is")
  func empty() throws {
    let plain = "  quotes:\n    glue: market.quotes\n"
    #expect(
      try added(["quotes"], to: "tables:\n  # a: { location: a }\n\njobs: {}\n")
        == "tables:\n  # a: { location: a }\n\(plain)\njobs: {}\n")
    #expect(
      try added(["quotes"], to: "version: 1\njobs: {}\n")
        == "version: 1\njobs: {}\n\ntables:\n\(plain)")
    #expect(try added(["quotes"], to: "") == "tables:\n\(plain)")
    #expect(try added(["quotes"], to: "# Soon.\n\n") == "# Soon.\ntables:\n\(plain)\n")
  }

  @Test(
    "under names that no table and no job has, in quotes where YAML has another meaning for them")
  func names() throws {
    let tables = [
      Self.table("a"), Self.table("j"), Self.table("null"), Self.table("2013-été"),
      Self.table("quotes"), Self.table("quotes", in: "old"),
      Self.table("quotes", in: "older"), Self.table("older_quotes"),
    ]
    let yaml = """
      tables:
        A: { location: a }
        "older_quotes": { location: b }
      jobs:
        j: { inputs: [A], sql: SELECT 1 AS x, output: { location: out } }

      """
    let made = try addition(tables, to: yaml)
    #expect(
      made.tables.map(\.name) == [
        "market_a", "market_j", "null", "t_2013__t_", "quotes", "old_quotes", "older_quotes_2",
        "market_older_quotes",
      ])
    #expect(made.lines.contains("  \"null\":"))
    #expect(made.lines.contains("    glue: \"market.2013-été\""))
    let answers = tables.map { ($0.asked, WorkspaceFile.Answer.table($0.description)) }
    try made.check(Dictionary(uniqueKeysWithValues: answers))
  }

  @Test("what the catalog says cannot end a comment")
  func hostile() throws {
    let table = Self.table(
      "quotes", columns: [Column(name: "x\n  evil: { location: / }\u{85}", type: "INT")],
      at: "lake\n#/q")
    let lines = try addition([table], to: "tables:\n  a: { location: a }\n").lines
    #expect(lines.count == 6)
    #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0 != "\n" && $0 != "\u{85}" } })
  }

  @Test(
    "not where tables: is in braces, is no mapping, or ends in text that lines would become part of",
    arguments: [
      ("tables: {}\n", 1), ("version: 1\ntables: { a: { location: a } }\n", 2),
      ("tables: ~\n", 1), ("tables: none\n", 1), ("tables: [a]\n", 1),
      ("tables:\n  a:\n    location: |+\n      a\n\n\njobs: {}\n", 1),
    ])
  func notLineByLine(_ yaml: String, _ line: Int) throws {
    #expect(
      refusal { _ = try addition([Self.table("quotes")], to: yaml) } == """
        Nothing was added: `tables:` in dovetail.yaml, line \(line), does not have each table on lines of its own, so that \
        no lines can be added. Write it so, with these lines below `tables:`:
          quotes:
            glue: market.quotes
            # parquet in s3://lake/quotes, partitioned by day date
            # columns: as in its files, which tell an instant from what a clock shows
            # time: ts                      # when a row happens: joins by time need it
            # watch: 90d                    # what every run looks at; default: all partitions
        """)
    #expect(try text() == yaml)
  }

  @Test("not to a file that is a flow mapping or a list")
  func noLines() throws {
    for yaml in ["{ version: 1 }\n", "- a\n", "a word\n"] {
      #expect(
        refusal { _ = try addition([Self.table("quotes")], to: yaml) }
          .hasPrefix(
            "Nothing was added: dovetail.yaml does not have each table on lines of its own"),
        "\(yaml)")
    }
  }

  @Test("not twice, and not to a file that could not be used then")
  func refused() throws {
    #expect(
      refusal {
        _ = try addition(
          [Self.table("names"), Self.table("quotes")],
          to: "tables:\n  a: { location: a }\n  q: { glue: Market.quotes }\n")
      }
        == "Nothing was added: dovetail.yaml has market.quotes already: it is the table q in line 3. "
        + "Leave it out.")
    let made = try addition(
      [Self.table("quotes")], to: "tables:\n  a: { location: a, formt: csv }\n")
    let said = refusal { try made.check([:]) }
    #expect(
      said.hasPrefix("Nothing was added: with these lines dovetail.yaml could not be used.\n"))
    #expect(said.contains("formt"))
    #expect(refusal { _ = try addition([], to: "tables: [\n") }.contains("error: "))
  }

  @Test("not to a file that somebody has changed or removed since")
  func changed() throws {
    let yaml = "tables:\n  a: { location: a }\n"
    let sentence =
      "Nothing was added: dovetail.yaml has changed since the lines were composed. Look again at "
      + "what would be added."
    let made = try addition([Self.table("quotes")], to: yaml)
    try folder.write(yaml + "# mine\n")
    #expect(refusal { try made.write() } == sentence)
    #expect(try text() == yaml + "# mine\n")
    try folder.write("\u{FEFF}" + yaml)
    #expect(refusal { try made.write() } == sentence)
    try FileManager.default.removeItem(atPath: "\(folder.path)/dovetail.yaml")
    #expect(refusal { try made.write() } == sentence)
    #expect(WorkspaceError.notAdded(.changed).category == .refused)
    #expect(WorkspaceError.notAdded(.unusable("")).category == .usage)
  }

  @Test("keeps the file's permissions, and a link that leads to it")
  func kept() throws {
    let path = "\(folder.path)/dovetail.yaml"
    try folder.write("tables:\n  a: { location: a }\n", to: "shared/real.yaml")
    let real = "\(folder.path)/shared/real.yaml"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "shared/real.yaml")
    let made = try WorkspaceFile(in: folder.path).adding([Self.table("quotes")])
    try made.write()
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: path) == "shared/real.yaml")
    let facts = try FileManager.default.attributesOfItem(atPath: real)
    #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o640)
    #expect(try String(contentsOfFile: real, encoding: .utf8).contains("glue: market.quotes"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/shared") == ["real.yaml"])
    #expect(
      made.description == "Added quotes to \(path), lines 3 to 8.")
  }
}
