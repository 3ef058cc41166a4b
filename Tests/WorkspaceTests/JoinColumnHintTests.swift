import TestSupport
import Testing
import Workspace

@Suite("Hints of columns to join on")
struct JoinColumnHintTests {
  @Test("a column that the other input spells otherwise is joined as a pair")
  func pairs() throws {
    func yaml(
      _ columns: String..., on: String = "[venue, symbol]", input: String = "b"
    ) -> String {
      let names = ["a", "b", "c"].prefix(columns.count)
      let tables = zip(names, columns).map { name, column in
        "  \(name): { location: in/\(name), partitions: { day: date }, columns: { venue: VARCHAR, "
          + "\(column): VARCHAR } }"
      }
      return """
        tables:
        \(tables.joined(separator: "\n"))
        jobs:
          j:
            inputs: { a: a, b: \(input)\(columns.count > 2 ? ", c: c" : "") }
            join: { on: \(on) }
            output: { location: out/j }

        """
    }
    func mistakes(_ yaml: String) throws -> [String] { try TemporaryFolder().mistakes(in: yaml) }
    func expected(_ input: String, _ near: String, _ on: String) -> [String] {
      [
        "input \(input) has no column \"symbol\" to join on -> did you mean \"\(near)\"? Columns of two names are joined "
          + "by on: \(on)."
      ]
    }
    #expect(
      try mistakes(yaml("symbol", "sym_bol"))
        == expected("b", "sym_bol", "[venue, { symbol: sym_bol }]"))
    #expect(
      try mistakes(yaml("symbols", "symbol"))
        == expected("a", "symbols", "[venue, { symbols: symbol }]"))
    #expect(
      try mistakes(yaml("symbol", "sym_bol", on: "[venue, { symbol: sym_bol }]")) == [])
    #expect(
      try mistakes(yaml("symbols", "symbol", "symbol"))
        == expected("a", "symbols", "[venue, { symbols: symbol }]"))
    #expect(
      try mistakes(yaml("symbol", "sym_bol", "symbol"))
        == expected("b", "sym_bol", "[venue, { symbol: sym_bol }] at this input"))
    #expect(
      try mistakes(
        yaml(
          "symbol", "sym_bol", "symbol",
          input: "{ table: b, on: [venue, { symbol: sym_bol }] }")) == [])
    #expect(
      try mistakes(yaml("symbol", "isin")) == [
        "input b has no column \"symbol\" to join on -> name a column that every input has. If the files have symbol, "
          + "declare it in the columns: of the table that b reads; columns of two names are joined by on: [venue, { "
          + "symbol: other_name }]."
      ])
    #expect(
      try mistakes(yaml("symbol", "sym_bol", on: "[{ symbol: symbol_ }]")) == [
        "input b has no column \"symbol_\" to join on -> did you mean \"sym_bol\"?"
      ])
  }
}
