import Cells
import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("Which part of a list is visible covers nothing")
struct PlaceTests {
  /// Regions with names of random lengths, the same in both.
  private func regions(_ random: inout SeededGenerator) -> [String] {
    let letters = Array("abcdefghij-")
    let stem = String(
      (0..<Int.random(in: 1...50, using: &random)).map { _ in
        letters[.random(in: 0..<letters.count, using: &random)]
      })
    return ["x\(stem)1", "x\(stem)2"]
  }

  @Test(
    "whatever the names and the size, all headings can be read, and so can the place",
    arguments: 0..<12)
  func headings(_ number: UInt64) async throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 500 + number))
    let regions = regions(&random)
    let world = World.regions(regions)
    let size = Size(
      columns: .random(in: 60...150, using: &random), rows: .random(in: 16...45, using: &random))
    let place = /[0-9]+-[0-9]+ of 144/
    var session = try await Session(world, size: size)
    func check(_ headings: [String], _ session: Session) {
      let note = Comment(rawValue: "seed \(random.seed), \(size), \(regions)\n\(session.text)")
      #expect(session.text.contains(place), note)
      let area = session.model.listArea(on: session.model.screen)
      let row = String(session.frame.row(area.row - 1).map(\.text).joined().prefix(area.columns))
      #expect(headings.allSatisfy { row.contains($0) }, note)
    }
    session.press("4")
    check(["State", "Why"], session)
    session.press("5")
    check(["Verdict", "State", "Decided by"], session)
    session.press("2", "Enter", "t")
    check(["State", "Files", "Bytes"], session)
    session.press("6")
    session.send(.planned(try await world.plan()))
    check(["Does", "Files", "Bytes", "Why"], session)
    session.press("x", "y")
    session.send(.runEvent(.planned(try await world.plan()), at: World.now))
    check(["State", "Rows", "Progress"], session)
  }

  @Test("the keys of a report and the place in it do not overlap", arguments: 60..<110)
  func report(_ columns: Int) async throws {
    let world = World.control()
    var session = try await Session(world, size: Size(columns: columns, rows: 16))
    for (filter, repairs) in [
      ("", []), ("", [World.partition(1, 5)]), ("line", []),
      ("line line line line line line line", [World.partition(1, 5)]),
    ] {
      let lines = (1...1_234).map { TextReport.Line("line \($0)") }
      var view = ReportView(
        TextReport(title: "Long", lines: lines), job: "flights_weather", number: 1,
        repairs: repairs)
      var field = TextField()
      field.text = filter
      view.setFilter(field)
      let question = ReportView.Question(report: 1, columns: columns, filter: filter)
      view.take(ReportView.rows(view.report, question), for: question)
      session.model.dialog = .report(view)
      let footer = String(session.text.split(separator: "\n").last ?? "")
      #expect(footer.hasPrefix("Esc back "), "\(footer)")
      #expect(footer.hasSuffix(" 1-13 of 1,234"), "\(footer)")
      // The keys before the filter are words that are whole.
      let keys = footer.prefix { $0 != "\"" }.replacing("1-13 of 1,234", with: "")
      let rest = ["Esc back", "j k move", "Enter go there", "/ filter", "y copy"]
        .reduce(keys.replacing("R preview a run of 1 partition", with: "")) {
          $0.replacing($1, with: "")
        }
      #expect(rest.allSatisfy { $0 == " " }, "\(footer)")
      #expect(filter.isEmpty || footer.contains("\"l"), "\(footer)")
    }
  }

  @Test("the palette's hint and the place in it do not overlap", arguments: WholeTextTests.sizes)
  func palette(_ size: Size) async throws {
    var session = try await Session(World.control(), size: size)
    session.press(":")
    #expect(session.text.contains("Esc closes"))
    #expect(session.text.contains(/1-[0-9]+ of [0-9]+│/))
  }
}
