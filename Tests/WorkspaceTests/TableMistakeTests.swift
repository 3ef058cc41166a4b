import TestSupport
import Testing

@Suite("Mistakes in optional, columns and types")
struct TableMistakeTests {
  /// A table of CSV files, with more lines of its own.
  private func check(_ mistake: MarkedMistake, table: String) throws {
    try mistake.check(
      in: """
        tables:
          a:
            location: data/a
            partitions: [month]
            \(table)

        """)
  }

  @Test(
    "optional columns are a list of names, which declared columns have",
    arguments: [
      MarkedMistake(
        "optional: ¦error_code", "\"optional\" must be a list, not text",
        "write optional: [column]."),
      MarkedMistake(
        "optional: ¦[]", "\"optional\" is empty", "leave it out, or write optional: [column]."),
      MarkedMistake(
        "optional: [¦'']", "\"\" cannot name an optional column",
        "write the name as the files have it."),
      MarkedMistake(
        "optional: [a, ¦A]", "optional column \"A\" differs only in case from \"a\" in line 5",
        "rename or remove one of the two; names are compared ignoring case."),
      MarkedMistake(
        "optional: [¦Month]", "column \"month\" is a partition key of the table",
        "remove it here: the values of a partition key come from the folders' names."),
      MarkedMistake(
        "columns: { id: INT, user: VARCHAR }\n    optional: [id.x, ¦usr.name]",
        "optional column \"usr\" is not declared under columns:", "did you mean \"user\"?"),
      MarkedMistake(
        "columns: { id: INT, user: VARCHAR }\n    optional: [¦error_code]",
        "optional column \"error_code\" is not declared under columns:",
        "declared are id and user."),
    ])
  func optional(_ mistake: MarkedMistake) throws { try check(mistake, table: mistake.text) }

  @Test(
    "columns that repeat or differ only in case are refused",
    arguments: [
      MarkedMistake(
        "columns: { id: INT, ¦ID: INT }",
        "column \"ID\" differs only in case from \"id\" in line 5",
        "rename or remove one of the two; names are compared ignoring case."),
      MarkedMistake(
        "columns: { id: INT, ¦id: INT }", "column \"id\" is already in line 5",
        "rename or remove one of the two; names are compared ignoring case."),
    ])
  func columns(_ mistake: MarkedMistake) throws { try check(mistake, table: mistake.text) }

  @Test(
    "an output's types are Spark's or DuckDB's",
    arguments: [
      MarkedMistake(
        "types: ¦glue", "\"glue\" is not a known choice of types", "choose spark or duckdb."),
      MarkedMistake(
        "types: ¦Spark", "\"Spark\" is not a known choice of types", "did you mean \"spark\"?"),
      MarkedMistake(
        "¦types:", "\"types\" must be text, not nothing",
        "leave it out, or write types: spark or types: duckdb."),
    ])
  func types(_ mistake: MarkedMistake) throws {
    try mistake.check(
      in: """
        tables:
          a: { location: data/a, partitions: [m] }
        jobs:
          j:
            inputs: [a]
            sql: SELECT 1
            output:
              location: out/j
              \(mistake.text)

        """)
  }
}
