import Foundation
import IncrementalJoin
import PartitionPredicate
import Reports
import Testing

@Suite("The arrivals draw how late inputs usually are")
struct ArrivalReportTests {
  /// The lines about each input, of ten days whose second input lands so long after the first.
  private func lines(after seconds: Int64) async throws -> [String] {
    var world = World()
    let keys = [PartitionKey(name: "day", type: .date)]
    let (clicks, views) = (World.table("clicks", keys: keys), World.table("views", keys: keys))
    world.jobs = [World.job("clicks_views", [clicks, views], keys: keys)]
    var files: (clicks: [Partition: [DataFile]], views: [Partition: [DataFile]]) = ([:], [:])
    for day in 15_706..<15_716 {
      let partition = Partition(keys: keys, values: [.date(days: day)])
      files.clicks[partition] = [World.file(partition, "p", size: 10)]
      files.views[partition] = [World.file(partition, "p", size: 10, at: seconds)]
    }
    world.list(clicks, files.clicks)
    world.list(views, files.views)
    let skew = ArrivalSkew(try await world.statuses()[0].report)
    return TextReport.arrivals(skew, of: "clicks_views").lines.map(\.text)
      .filter { $0.hasPrefix("clicks ") || $0.hasPrefix("views ") }
  }

  @Test("as bars as long as their 95th percentiles")
  func bars() async throws {
    let lines = try await lines(after: 3600)
    #expect(lines.first?.contains("#") == false, "\(lines)")
    #expect(lines.first?.contains("........................") == true)
    #expect(lines.last?.contains("########################") == true)
  }

  @Test("not where they land together")
  func none() async throws {
    #expect(try await lines(after: 0).allSatisfy { !$0.contains("....") && !$0.contains("#") })
  }
}
