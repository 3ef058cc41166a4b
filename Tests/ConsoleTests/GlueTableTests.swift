import Cells
import Foundation
import Operations
import Reports
import Testing

@testable import Console

@Suite("Tables of Glue are picked for dovetail.yaml")
struct GlueTableTests {
  private static let market = CatalogDatabase(
    name: "market",
    tables: ["quotes", "trades"].map {
      CatalogEntry(
        table: "market.\($0)", format: "parquet", keys: ["day date"], location: "s3://lake/\($0)")
    } + [CatalogEntry(table: "market.names", reason: "The table market.names is a view.")])

  private static let preview = OperationPreview(
    report: .tableAddition(["  quotes:", "    glue: market.quotes"], from: 7), expected: "id")

  /// A console that shows the catalog, with the cursor on its first table.
  private func session(isReadOnly: Bool = false) async throws -> Session {
    var session = try await Session(World.story(), isReadOnly: isReadOnly)
    session.press("2", "A")
    session.send(.reported(.glueCatalog([Self.market], isConsole: true), for: .glueCatalog))
    session.press("j", "j")
    #expect(session.cursorRow.contains("  market.quotes  parquet"))
    _ = session.take()
    return session
  }

  @Test("Enter shows the lines for the table under the cursor, and only a yes adds them")
  func one() async throws {
    var session = try await session()
    #expect(session.text.contains("Space mark  Enter add to dovetail.yaml"))
    #expect(session.text.contains("Space marks tables, and Enter shows the lines that declare"))
    session.press("Enter")
    #expect(session.take() == [.previewTables(["market.quotes"])])
    #expect(session.text.contains("Composing the lines for dovetail.yaml"))
    session.send(.tablesPreviewed(Self.preview, of: ["market.quotes"]))
    #expect(session.text.contains("Add 1 table to dovetail.yaml?"))
    #expect(session.text.contains("Lines 7 to 8; nothing else in the file changes."))
    #expect(session.text.contains("+   quotes:"))
    #expect(session.text.contains("+     glue: market.quotes"))
    // The focus is on no, which leads back to the list.
    session.press("Enter")
    #expect(session.take() == [])
    #expect(session.cursorRow.contains("market.quotes"))
    session.press("Enter")
    session.send(.tablesPreviewed(Self.preview, of: ["market.quotes"]))
    _ = session.take()
    session.press("y")
    #expect(session.take() == [.addTables(expected: "id")])
    session.send(.tablesAdded("Added quotes to /w/dovetail.yaml, lines 7 to 8."))
    #expect(session.take() == [.load])
    #expect(session.text.contains("Added quotes to /w/dovetail.yaml, lines 7 to 8."))
    #expect(session.text.contains("1 Overview"))
  }

  @Test("Space marks tables, which are added together, and unmarks them")
  func several() async throws {
    var session = try await session()
    session.press("Space", "Space")
    #expect(session.text.contains("Enter add 2 to dovetail.yaml"))
    #expect(session.text.contains("\(Symbols.unicode.mark) market.quotes"))
    // A sentence is no table.
    session.press("Space", "Enter")
    #expect(session.take() == [.previewTables(["market.quotes", "market.trades"])])
    session.press("Esc")
    #expect(session.take() == [.cancelReport])
    session.press("g", "j", "j", "Space")
    #expect(session.text.contains("Enter add 1 to dovetail.yaml"))
    session.press("Enter")
    #expect(session.take() == [.previewTables(["market.trades"])])
    // Of what nobody waits for any more nothing is shown.
    session.send(.tablesPreviewed(Self.preview, of: ["market.quotes"]))
    #expect(!session.text.contains("nothing else in the file changes"))
  }

  @Test("not where the line has none, and never with --read-only")
  func refused() async throws {
    var session = try await session()
    session.press("g", "Enter")
    #expect(session.take() == [])
    #expect(session.text.contains("The line names no table that Dovetail reads."))
    session = try await self.session(isReadOnly: true)
    session.press("Enter")
    #expect(session.take() == [])
    #expect(
      session.text.contains(
        "Add tables to dovetail.yaml: the console was opened with --read-only."))
  }

  @Test("why nothing was added is said in full")
  func failures() async throws {
    var session = try await session()
    session.press("Enter")
    session.send(.tablesFailed("Nothing was added: it is there already."))
    #expect(session.text.contains("dovetail.yaml stays as it is"))
    #expect(session.text.contains("Nothing was added: it is there already."))
    session.press("Esc", "A")
    session.send(.reported(.glueCatalog([Self.market], isConsole: true), for: .glueCatalog))
    session.press("j", "j", "Enter")
    session.send(.tablesPreviewed(Self.preview, of: ["market.quotes"]))
    session.press("y")
    session.send(.tablesFailed("Nothing was added: it has changed."))
    #expect(session.text.contains("Nothing was added: it has changed."))
    _ = session.take()
    session.press("Esc")
    #expect(session.text.contains("2 Catalog"))
  }

  @Test("the other keys are those of every report, and Space too where something else marks")
  func keys() {
    #expect(DialogKeys().meaning(of: .pageDown, in: .catalog) == .pageDown)
    #expect(DialogKeys().meaning(of: .character("/"), in: .catalog) == .character("/"))
    let changed = DialogKeys([.mark: [.function(4)], .filter: [.function(3)]])
    #expect(changed.meaning(of: .function(4), in: .catalog) == .character(" "))
    #expect(changed.meaning(of: .character(" "), in: .catalog) == .pageDown)
    #expect(changed.meaning(of: .function(3), in: .catalog) == .character("/"))
    #expect(changed.meaning(of: .character("/"), in: .catalog) == nil)
    #expect(DialogKeys().meaning(of: .character(" "), in: .report) == .pageDown)
  }
}
