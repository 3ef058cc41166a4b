import Foundation
import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite("A bookmark")
struct BookmarkTests {
  @Test("nothing consumed gives empty bookmarks, one an input")
  func empty() throws {
    let tables = FlightsAndWeather(days: 1...2)
    let bookmarks = try Bookmark.all(of: tables.job, in: tables.ledger)
    #expect(bookmarks.map(\.input) == ["flights", "weather"])
    for bookmark in bookmarks {
      #expect(bookmark.run == nil)
      #expect(bookmark.listedAt == nil)
      #expect(bookmark.files == 0 && bookmark.partitions == 0)
      #expect(bookmark.bytes == 0 && bookmark.newest == 0)
    }
  }

  @Test("it adds up what the positions consumed, not what the tables have now")
  func sums() async throws {
    var tables = FlightsAndWeather(days: 1...2)
    tables.put("flights", "month=1/day=2/b.parquet", size: 11, modified: 5_000)
    try await tables.commit()
    tables.put("weather", "month=1/day=3/a.parquet", modified: 9_000)
    tables.put("flights", "month=1/day=1/c.parquet")
    let listedAt = Date(timeIntervalSince1970: 50)
    tables.ledger.history = [.test(2), .test(1, listedAt: listedAt)]
    let bookmarks = try Bookmark.all(of: tables.job, in: tables.ledger)
    #expect(bookmarks.map(\.table) == ["flights", "weather"])
    #expect(bookmarks.map(\.run) == [1, 1])
    #expect(bookmarks.map(\.listedAt) == [listedAt, listedAt])
    #expect(bookmarks.map(\.partitions) == [2, 2])
    #expect(bookmarks.map(\.files) == [3, 2])
    #expect(bookmarks.map(\.bytes) == [211, 200])
    #expect(bookmarks.map(\.newest) == [5_000, 1_000])
  }
}
