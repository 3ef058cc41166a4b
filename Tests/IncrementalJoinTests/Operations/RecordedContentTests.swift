import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("What a run records of the content that it has published")
struct RecordedContentTests {
  @Test(
    "names the files as the store tells them, which may know their tags only once they are sealed")
  func published() async throws {
    let world = OperationWorld()
    try await world.run()
    let lineages = try world.ledger.lineages(builtBy: 1, keys: OperationWorld.keys)
    for key in 1...3 {
      let partition = OperationWorld.partition(key)
      let content = try #require(lineages[partition]?.content)
      let files = try world.storage.files(published: partition, of: world.job.output)
      #expect(files.allSatisfy { $0.tag != nil } && files.count == 1)
      #expect(try world.ledger.files(of: [content])[content] == files)
      #expect(VersionReference(PartitionVersion(files: files)) == content)
    }
  }
}
