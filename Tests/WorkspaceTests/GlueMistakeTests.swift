import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

/// What `glue:` of an output says.
@Suite("Outputs in the Glue Data Catalog, in dovetail.yaml")
struct GlueMistakeTests {
  private static func yaml(_ outputs: [String]) -> String {
    var text = """
      tables:
        a: { location: data/a, partitions: { day: date } }
        b: { location: data/b, partitions: { day: date } }
      jobs:

      """
    for (index, output) in outputs.enumerated() {
      text += "  j\(index):\n    inputs: [a, b]\n    join: { on: [id] }\n    output: \(output)\n"
    }
    return text
  }

  @Test("An output is named there beside its location, and the name belongs to its identity")
  func name() throws {
    let folder = try TemporaryFolder()
    let job = try folder.load(
      Self.yaml([#"{ location: "s3://lake/tca", glue: Market.TCA }"#])
    ).jobs[0]
    #expect(job.output.catalog == CatalogName(database: "market", table: "tca"))
    #expect(job.outputTable.catalog == job.output.catalog)
    #expect(job.output.place.resolved == "market.tca at s3://lake/tca")
    #expect(job.output.grace == .seconds(3600))
    let longer = try folder.load(
      Self.yaml([#"{ location: "s3://lake/tca", glue: market.tca, grace: 6h }"#])
    ).jobs[0]
    #expect(longer.output.grace == .seconds(6 * 3600) && longer.fingerprint == job.fingerprint)
    let plain = try folder.load(Self.yaml([#"{ location: "s3://lake/tca" }"#])).jobs[0]
    #expect(plain.output.catalog == nil && plain.output.place.resolved == "s3://lake/tca")
    #expect(plain.fingerprint == job.fingerprint)
  }

  @Test(
    "Mistakes have a sentence each",
    arguments: [
      (
        [#"{ location: "s3://lake/tca", glue: tca }"#],
        """
        dovetail.yaml:8:48: error: glue: "tca" does not name a database and a table
              output: { location: "s3://lake/tca", glue: tca }
                                                         ^
          hint: write both with a point between: glue: market.quotes.
        """
      ),
      (
        ["{ location: out/tca, glue: market.tca }"],
        """
        dovetail.yaml:8:40: error: the output of job j0 has a name in the Glue Data Catalog but is not in a bucket
              output: { location: out/tca, glue: market.tca }
                                                 ^
          hint: give it a location such as s3://lake/quotes, or leave glue: out.
        """
      ),
      (
        [#"{ location: "s3://lake/a", glue: m.t }"#, #"{ location: "s3://lake/b", glue: M.T }"#],
        """
        dovetail.yaml:12:46: error: the table m.t of the Glue Data Catalog is the output in line 8 already
              output: { location: "s3://lake/b", glue: M.T }
                                                       ^
          hint: name a table of its own.
        """
      ),
      (
        [
          #"{ location: "s3://lake/a", glue: m.t }"#, #"{ location: "s3://lake/versions-of-a/x" }"#,
        ],
        """
        dovetail.yaml:12:25: error: the location is in s3://lake/versions-of-a, where Dovetail stages and keeps the output of job j0
              output: { location: "s3://lake/versions-of-a/x" }
                                  ^
          hint: choose a folder outside of it.
        """
      ),
      (
        [#"{ location: "s3://lake/tca", grace: 6h }"#],
        """
        dovetail.yaml:8:42: error: grace: only applies to outputs in the Glue Data Catalog, and this output has no glue:
              output: { location: "s3://lake/tca", grace: 6h }
                                                   ^
          hint: remove grace:, or add glue:.
        """
      ),
      (
        [#"{ location: "s3://lake/tca", glue: m.t, grace: soon }"#],
        """
        dovetail.yaml:8:60: error: grace: "soon" is not a duration
              output: { location: "s3://lake/tca", glue: m.t, grace: soon }
                                                                     ^
          hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
        """
      ),
    ])
  func mistakes(outputs: [String], expected: String) throws {
    try expectComplaint(about: Self.yaml(outputs), expected)
  }
}
