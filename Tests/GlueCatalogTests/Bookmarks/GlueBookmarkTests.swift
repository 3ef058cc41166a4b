import GlueCatalog
import TestSupport
import Testing

/// The texts of a Glue job's bookmark that were recorded from Glue, and what is made of others.
struct GlueBookmarkTests {
  /// As Glue wrote it after a first run, in October 2024.
  static let first = #"""
    {"AWSGlueDataCatalog_node1730078287682":{"jsonClass":"HadoopDataSourceJobBookmarkState","timestamps":{
      "RUN":"1","HIGH_BAND":"900000","CURR_LATEST_PARTITION":"0","CURR_LATEST_PARTITIONS":"",
      "CURR_RUN_START_TIME":"2024-10-28T01:32:45.613Z","INCLUDE_LIST":""}}}
    """#

  static func entry(_ bookmark: String) -> JobBookmarkEntry {
    JobBookmarkEntry(
      job: "nightly", version: 4, run: 3, attempt: 0, runID: "jr_2", previousRunID: "jr_16cd",
      bookmark: bookmark)
  }

  /// One context `flights` after the second run that was recorded, with this list.
  static func second(
    list: String, start: String = "2024-10-28T02:12:06.503Z", band: String = "900000"
  )
    -> String
  {
    #"""
    {"flights":{"jsonClass":"HadoopDataSourceJobBookmarkState","timestamps":{"RUN":"2","HIGH_BAND":"\#(band)",
    "CURR_LATEST_PARTITION":"0","CURR_LATEST_PARTITIONS":"","CURR_RUN_START_TIME":"\#(start)",
    "INCLUDE_LIST":"\#(list)"}}}
    """#
  }

  @Test("what Glue wrote is read: run, start, band and an empty list")
  func recorded() throws {
    let bookmark = try GlueBookmark(Self.entry(Self.first))
    let context = try #require(bookmark.contexts.first)
    #expect(bookmark.contexts.count == 1)
    #expect(context.name == "AWSGlueDataCatalog_node1730078287682")
    #expect(context.run == 1)
    #expect(context.startedAt == 1_730_079_165_613)
    #expect(context.band == 900_000)
    #expect(context.listed.isEmpty)
  }

  @Test("a list is pairs of digests, and zeros in front that Glue leaves out come back")
  func list() throws {
    let bookmark = try GlueBookmark(
      Self.entry(Self.second(list: "1ff5885bd9b5691413fb27de8e9846f,ab,c,d")))
    let listed = try #require(bookmark.contexts.first).listed
    #expect(listed.map(\.version).first == "01ff5885bd9b5691413fb27de8e9846f")
    #expect(listed.map(\.path).first == "000000000000000000000000000000ab")
    #expect(listed.count == 2)
  }

  @Test("a bookmark without any context is one that has consumed nothing")
  func empty() throws {
    #expect(try GlueBookmark(Self.entry("{}")).contexts.isEmpty)
  }

  private static let instead =
    "Nothing was taken from it; `dovetail bookmarks set` takes the current files as consumed, also by --where."

  @Test(
    "what is not of the known form is an error with its place, never zero",
    arguments: [
      ("", "cannot be read: it is not a JSON object."),
      ("[]", "cannot be read: it is of another type than expected."),
      (#"{"a":{}}"#, "cannot be read: a has no jsonClass."),
      (#"{"a":{"jsonClass":"x"}}"#, "cannot be read: a has no timestamps."),
      (
        #"{"a":{"jsonClass":"HadoopDataSourceJobBookmarkState","timestamps":{"RUN":1}}}"#,
        "cannot be read: a.timestamps.RUN is of another type than expected."
      ),
      (
        #"{"a":{"jsonClass":"JdbcState","timestamps":{}}}"#,
        "has a JdbcState for a, and only that of files in S3 (HadoopDataSourceJobBookmarkState) can be read."
      ),
      (
        #"{"a":{"jsonClass":"HadoopDataSourceJobBookmarkState","timestamps":{}}}"#,
        "has no CURR_RUN_START_TIME for a."
      ),
      (
        second(list: "", start: "yesterday"),
        "has CURR_RUN_START_TIME \"yesterday\" for flights, which cannot be read."
      ),
      (
        second(list: "", band: "-1"), "has HIGH_BAND \"-1\" for flights, which cannot be read."
      ),
      (second(list: "", band: ""), "has HIGH_BAND \"\" for flights, which cannot be read."),
      (second(list: "ab"), "has INCLUDE_LIST \"ab\" for flights, which cannot be read."),
      (second(list: "ab,xy"), "has INCLUDE_LIST \"ab,xy\" for flights, which cannot be read."),
      (
        second(list: "ab,,cd"), "has INCLUDE_LIST \"ab,,cd\" for flights, which cannot be read."
      ),
      (second(list: "ab,"), "has INCLUDE_LIST \"ab,\" for flights, which cannot be read."),
    ])
  func malformed(bookmark: String, sentence: String) {
    let error = #expect(throws: GlueBookmarkError.self) {
      _ = try GlueBookmark(Self.entry(bookmark))
    }
    #expect(
      error?.description == "The bookmark of the Glue job nightly \(sentence) \(Self.instead)")
  }

  @Test("the bookmark of a job comes from the catalog; of another job it says so")
  func catalog() async throws {
    let catalog = MemoryCatalog()
    catalog.put(Self.entry(Self.first))
    #expect(try await catalog.bookmark(of: "nightly", run: nil).version == 4)
    await #expect(throws: CatalogError.noBookmark(job: "other")) {
      _ = try await catalog.bookmark(of: "other", run: nil)
    }
  }
}
