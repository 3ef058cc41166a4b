import Foundation
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The columns that inputs are joined on")
struct JoinColumnTests {
  /// Flights with `origin` as text, and weather that shows it as another type.
  private func tables(_ type: String?) -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...2)
    for day in 1...2 {
      tables.schemas.shown["/data/weather/month=1/day=\(day)/a.parquet"] = SeenColumns(
        columns: [SeenColumn(name: "ORIGIN", type: type), SeenColumn(name: "wind", type: "DOUBLE")])
    }
    return tables
  }

  private func refusal(_ tables: FlightsAndWeather) async throws -> String {
    do {
      _ = try await tables.plan()
      return ""
    } catch let error as PlanError {
      return error.description
    }
  }

  @Test("of types that are not compared are refused with both places and what to do")
  func parquet() async throws {
    #expect(
      try await refusal(tables("BIGINT")) == """
        Job flights_weather does not fit its inputs: The join column "origin" is VARCHAR in the input \
        flights (in /data/flights/month=1/day=1/a.parquet and 1 more) and BIGINT in the input weather \
        (in /data/weather/month=1/day=1/a.parquet and 1 more). Comparing the two takes a conversion, and which rows meet \
        depends on it, so none is chosen for you. The files say their types: let the writer of one of \
        them change it, or write `sql:` instead of `join:` and compare with a cast, as in flights.origin \
        = CAST(weather.origin AS VARCHAR).
        """)
    #expect(try await refusal(tables("VARCHAR")) == "")
  }

  @Test(
    "are named by their declaration, by the run that pinned them, or by the text they are guessed from"
  )
  func places() async throws {
    var tables = tables("BIGINT")
    tables.rename("weather", to: "csv")
    tables.ledger.pins["flights"] = [
      PinnedColumn(
        SeenColumn(name: "origin", type: "VARCHAR"),
        origin: PinOrigin(run: 7, user: "ada", at: Date(timeIntervalSince1970: 0)))
    ]
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .csv, keys: FlightsAndWeather.keys,
      columns: [Column(name: "origin", type: "BIGINT")])
    let declared = try await refusal(tables)
    #expect(
      declared.contains(
        """
        is VARCHAR in the input flights (pinned for table flights by run 7) and BIGINT in the input \
        weather (declared under `columns:` of table weather).
        """), Comment(rawValue: declared))
    #expect(
      declared.contains(
        """
        Declare it as VARCHAR under `columns:` of table weather (`dovetail tables weather --columns` \
        prints what to write), or write `sql:`
        """), Comment(rawValue: declared))
    tables.flights = TableDefinition(
      name: "flights", location: "/data/flights", format: .json, keys: FlightsAndWeather.keys)
    tables.rename("flights", to: "json")
    tables.ledger.pins["flights"] = nil
    tables.schemas.shown["/data/flights/month=1/day=1/a.json"] = SeenColumns(
      columns: [SeenColumn(name: "origin", type: "VARCHAR")], isGuess: true)
    let guessed = try await refusal(tables)
    #expect(
      guessed.contains("(guessed from /data/flights/month=1/day=1/a.json and 1 more)"),
      Comment(rawValue: guessed))
    #expect(
      guessed.contains(
        """
        Declare one type for it under `columns:` of both tables (`dovetail tables --columns` prints what \
        to write), or write `sql:`
        """), Comment(rawValue: guessed))
  }

  @Test("of a job's output are cast in that job")
  func output() async throws {
    var tables = tables("BIGINT")
    tables.weather = TableDefinition(
      name: "weather", location: "/data/weather", format: .parquet, keys: FlightsAndWeather.keys,
      isOutput: true)
    #expect(
      try await refusal(tables).contains(
        "Cast it to VARCHAR in the `select:` or `sql:` of job weather, or write `sql:`"))
  }

  @Test("take the other side's type as long as no file shows a value")
  func unseen() async throws {
    let plan = try await tables(nil).plan()
    #expect(plan.columns["weather"]?.first == Column(name: "ORIGIN", type: "VARCHAR"))
    var numbers = tables(nil)
    numbers.schemas.columns = [Column(name: "origin", type: "BIGINT")]
    let adopted = try await numbers.plan()
    #expect(adopted.columns["weather"]?.first == Column(name: "ORIGIN", type: "BIGINT"))
    #expect(adopted.seenColumns["weather"]?.columns.first?.type == nil)
  }

  @Test("are not looked at when nothing is to be built")
  func idle() async throws {
    let tables = tables("BIGINT")
    #expect(try await tables.plan(rerunning: []).units.isEmpty)
  }
}
