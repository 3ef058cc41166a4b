import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("What a catalog lists of an output that no run has published")
struct ForeignCatalogEntryTests {
  private let job = JobDefinition(
    name: "j", inputs: [], transformation: .sql("SELECT 1"),
    output: OutputDefinition(
      location: Location(scheme: "s3", root: "lake/j"),
      keys: [PartitionKey(name: "k", type: .int)],
      catalog: CatalogName(database: "market", table: "j")))

  @Test("is named in a sentence that says what to do")
  func sentences() {
    let partition = Partition(keys: job.output.keys, values: [.integer(2)])
    let elsewhere = ForeignCatalogEntry(partition: partition, place: "s3://lake/x", name: "k=2")
    #expect(
      elsewhere.sentence(of: job, isPublished: true)
        == "market.j has the partition k=2 at s3://lake/x in the catalog, where no run of this workspace put it. It "
        + "was left alone; a rerun of the partition replaces it.")
    #expect(
      elsewhere.sentence(of: job, isPublished: false)
        == "market.j has a partition k=2 at s3://lake/x in the catalog, and no run of this workspace put it there. It "
        + "was left alone.")
    #expect(
      ForeignCatalogEntry(partition: partition, place: nil, name: "k=2").sentence(
        of: job, isPublished: true)
        == "market.j has no partition k=2 in the catalog any more, which a run has published. A rerun of the "
        + "partition publishes it again.")
    #expect(
      PublishError.foreignCatalogEntry(partition: "k=2", place: "s3://lake/x").description
        == "The catalog has k=2 at s3://lake/x, and no run of this workspace put it there. It was left alone and the "
        + "partition stays pending; rerun it to replace what is there.")
  }
}
