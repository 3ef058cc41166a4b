import Foundation
import Testing

/// What docs/guide/time-series.md says, tried out.
@Suite("The guide to time series")
struct TimeSeriesGuideTests {
  /// The seed of the rows with which the document's examples were made.
  private static let documented = 1

  private func document() throws -> Document { try Document("docs/guide/time-series.md") }

  @Test("every workspace that it shows is valid")
  func workspaces() async throws {
    let workspaces = try document().workspaces
    try #require(workspaces.count > TimeRecipe.all(seed: 1).count)
    for workspace in workspaces {
      let finished = try await Workbench(workspace).dovetail("status")
      #expect(finished.status == 0, "\(workspace)\n\(finished.stderr)")
    }
  }

  @Test("there is a test of every recipe")
  func recipes() throws {
    let tried = TimeRecipe.all(seed: 1).compactMap {
      try? document().section($0.heading)?.workspace
    }
    let recipes = try #require(document().section("## Recipes"))
    #expect(recipes.workspaces == tried)
  }

  @Test(
    "a recipe's partitions are one query over the whole tables, before and after a late file",
    arguments: TimeRecipe.all(seed: documented), [documented, 2, 3])
  func recipe(_ documented: TimeRecipe, seed: Int) async throws {
    let recipe = try #require(TimeRecipe.all(seed: seed).first { $0.heading == documented.heading })
    let section = try #require(document().section(recipe.heading))
    try #require(section.workspaces.count == 1 && !section.examples.isEmpty)
    let bench = try Workbench(section.workspace)
    for landing in recipe.landed { try await bench.land(landing.partition, landing.rows) }
    try await bench.run()
    try await check(recipe, in: bench)

    try await bench.land(recipe.late.partition, recipe.late.rows)
    let pending = try await bench.json("pending").elements
    #expect(pending.compactMap { $0["partition"].text } == recipe.pending)
    for example in section.examples {
      let finished = try await example.run(in: bench.folder)
      #expect(finished.status == 0, "\(section.path), line \(example.line): \(finished.stderr)")
      guard seed == Self.documented else { continue }
      let lines = finished.stdout.split(separator: "\n").map(String.init)
      #expect(
        SessionText(lines).fits(SessionText(example.output)),
        "\(section.path), line \(example.line) prints:\n\(finished.stdout)")
    }
    try await bench.run()
    try await check(recipe, in: bench)
    #expect(try await bench.json("pending").elements.isEmpty)
  }

  /// Expects every output of a recipe to be its query over the whole tables.
  private func check(_ recipe: TimeRecipe, in bench: Workbench) async throws {
    for output in recipe.outputs {
      try await bench.expect(
        output.location, equals: recipe.query(of: output, in: bench), keys: output.keys,
        columns: "")
    }
  }
}
