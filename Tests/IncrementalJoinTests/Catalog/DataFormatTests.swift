import Testing

@testable import IncrementalJoin

@Suite("Data formats")
struct DataFormatTests {
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
}
