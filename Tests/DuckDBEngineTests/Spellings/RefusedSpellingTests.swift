import IncrementalJoin
import Testing

@testable import DuckDBEngine

@Suite("Text that is not a value")
struct RefusedSpellingTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Texts just beyond what is a value, by type.
  private static let texts: [String: [String]] = [
    "TINYINT": ["128", "7.5"],
    "SMALLINT": ["-3.2769e4"],
    "INTEGER": ["0x10", "1e10"],
    "BIGINT": ["9.223372036854775808e18", "1_000"],
    "HUGEINT": ["170141183460469231731687303715884105728"],
    "UTINYINT": ["-1e0"],
    "USMALLINT": ["１"],
    "UINTEGER": ["- 1"],
    "UBIGINT": ["18446744073709551616"],
    "UHUGEINT": ["−1"],
    "DECIMAL(4,1)": ["999.95"],
    "DECIMAL(10,2)": ["1.555", "100000000"],
    "DECIMAL(18,0)": ["0.5"],
    "DECIMAL(38,10)": ["0.00000000001"],
    "FLOAT": ["3.41e38"],
    "DOUBLE": ["1e400", "-nan"],
    "BOOLEAN": ["1", "yes"],
    "DATE": ["2024-05-01 00:00:00", "01/05/2024", "2023-02-29"],
    "TIME": ["24:00:00"],
    "TIMESTAMP": ["2024-05-01 10:00:00+05:00", "2024-05-01 10:00:00.1234567"],
    "TIMESTAMP_S": ["2024-05-01 10:00:00.5"],
    "TIMESTAMP_MS": ["2024-05-01 10:00:00.0005"],
    "TIMESTAMP_NS": ["1677-09-21 00:12:44"],
    "TIMESTAMP WITH TIME ZONE": ["294247-01-10 04:00:54.775807", "2024-05-01 10:00 Europe/Berlin"],
    "UUID": ["123e4567e89b12d3a456426614174000"],
  ]

  @Test(
    "the file fails with the line, the column, the text and the type",
    arguments: [DataFormat.csv, .json])
  func refusals(in format: DataFormat) async throws {
    for (name, type) in SpelledType.all where type != .varchar {
      let texts = try #require(Self.texts[name])
      // The first of them is tried in JSON too: how text is read does not depend on the format.
      for (index, text) in texts.enumerated().prefix(format == .csv ? texts.count : 1) {
        #expect(SpellingOracle().reading(of: text, as: type) == .refused)
        let before = [String](repeating: "", count: index % 3)
        let file = try bench.rows(before + [text, ""], as: format, "refused")
        let line = before.count + (format == .csv ? 2 : 1)
        let input = JoinUnit.Input.named(
          "t", "i INTEGER, v \(name)", format: format, files: [file])
        let unit = JoinUnit.sql("SELECT i, CAST(v AS VARCHAR) AS v FROM t", [input])
        let error = await bench.failure(unit)
        let start = "line \(line), column \"v\": \"\(text)\" is not exactly a value of \(name)"
        guard case .unreadableFile(file, let reason) = error, reason.hasPrefix(start) else {
          Issue.record("\(start): \(String(describing: error))")
          continue
        }
      }
    }
  }
}
