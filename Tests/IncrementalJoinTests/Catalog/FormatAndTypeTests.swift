import Testing

@testable import IncrementalJoin

@Suite("Data formats and key types")
struct FormatAndTypeTests {
  @Test(
    "a file belongs to a format by its ending, in any case",
    arguments: [
      ("a.parquet", DataFormat.parquet), ("A.PARQUET", .parquet), ("a.csv", .csv),
      ("a.csv.gz", .csv), ("a.CSV.zst", .csv), ("a.json", .json), ("a.jsonl.gz", .json),
      ("a.ndjson.zst", .json),
      // Swift takes these marks and the point after them for one character.
      ("a\u{600}.parquet", .parquet), ("a\u{301}.csv", .csv),
    ])
  func matching(_ name: String, _ format: DataFormat) {
    #expect(DataFormat.allCases.filter { $0.matches(fileName: name) } == [format])
  }

  @Test(
    "other endings belong to no format",
    arguments: ["parquet", "aparquet", "a.parquet.tmp", "a.csv.bz2", "a.gz", "a.txt", "a", ""])
  func strays(_ name: String) {
    #expect(!DataFormat.allCases.contains { $0.matches(fileName: name) })
  }

  @Test(
    "a key type is read as it is written, ignoring case",
    arguments: [
      KeyType.string, .int, .bigint, .date, .timestamp, .boolean,
      .decimal(precision: 5, scale: 2), .decimal(precision: 38, scale: 38),
      .decimal(precision: 1, scale: 0),
    ])
  func types(_ type: KeyType) {
    #expect(KeyType(type.description) == type)
    #expect(KeyType(type.description.uppercased()) == type)
  }

  @Test("a decimal may have a space after its comma")
  func decimal() {
    #expect(KeyType("decimal(5, 2)") == .decimal(precision: 5, scale: 2))
  }

  @Test(
    "what is no key type is refused",
    arguments: [
      "", "integer", "varchar", "decimal", "decimal()", "decimal(5)", "decimal(0,0)",
      "decimal(39,0)", "decimal(5,6)", "decimal(5,-1)", "decimal(5,,2)", "decimal(5,2,1)",
      "decimal(a,b)", "decimal(5,2", "int(4)",
    ])
  func noTypes(_ text: String) {
    #expect(KeyType(text) == nil)
  }
}
