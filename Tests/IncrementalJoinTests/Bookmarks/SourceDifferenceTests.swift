import Testing

@testable import IncrementalJoin

@Suite("How a source differs from what it was")
struct SourceDifferenceTests {
  private func source(
    table: String = "flights", location: String = "data/a", format: String = "parquet",
    keys: [String] = ["month int", "day int"], columns: [String]? = nil
  ) -> SourceDescription {
    SourceDescription(
      table: table, location: location, format: format, keys: keys, columns: columns)
  }

  @Test("is told in one line a difference")
  func sentences() {
    let other = source(
      table: "flights2", location: "data/b", format: "csv", keys: ["day int"])
    #expect(
      other.differences(from: source()) == [
        "table was flights and is flights2",
        "location was data/a and is data/b",
        "format was parquet and is csv",
        "partition keys were month int, day int and are day int",
      ])
    #expect(
      source().differences(from: source(keys: []))
        == ["partition keys were none and are month int, day int"])
  }

  @Test("names every column that is new, gone or of another type")
  func columns() {
    let before = source(columns: ["x BIGINT", "y DOUBLE", "z VARCHAR"])
    let now = source(columns: ["z VARCHAR", "y DECIMAL(18,3)", "w TIMESTAMP WITH TIME ZONE"])
    #expect(
      now.differences(from: before) == [
        "columns: x BIGINT is gone", "columns: y DOUBLE is y DECIMAL(18,3) now",
        "columns: w TIMESTAMP WITH TIME ZONE is new",
      ])
    #expect(
      source(columns: ["wind speed DOUBLE"]).differences(
        from: source(columns: ["wind speed BIGINT", "wind dir BIGINT"]))
        == [
          "columns: wind speed BIGINT is wind speed DOUBLE now",
          "columns: wind dir BIGINT is gone",
        ])
  }

  @Test("is not that columns are declared, or not any more")
  func declared() {
    #expect(
      source(columns: ["x BIGINT"]).differences(from: source())
        == [])
    #expect(
      source().differences(from: source(columns: ["x BIGINT"]))
        == [])
  }

  @Test("is nothing for the case and the order of columns")
  func same() {
    #expect(source().differences(from: source()).isEmpty)
    #expect(
      source(columns: ["X bigint", "y DOUBLE"]).differences(
        from: source(columns: ["Y DOUBLE", "x BIGINT"])
      ).isEmpty)
  }

  @Test("is nothing for the spelling of types")
  func spellings() {
    let before = source(
      columns: ["x bigint", "y text", "wind speed int8", "z decimal( 9 , 2 )", "s STRUCT(a INT)"])
    let now = source(
      columns: ["x INT8", "Y VARCHAR", "wind speed LONG", "z NUMERIC(9,2)", "s struct(A integer)"])
    #expect(now.differences(from: before).isEmpty)
    #expect(
      source(columns: ["x INT8"]).differences(from: source(columns: ["x int4"]))
        == ["columns: x int4 is x INT8 now"])
  }
}
