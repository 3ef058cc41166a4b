import IncrementalJoin
import TestSupport
import Testing
import PartitionPredicate

@Suite("A location")
struct LocationTests {
  @Test("names files for engines and for people")
  func files() {
    #expect(
      Location("/data/flights").file("month=1/a.parquet") == "/data/flights/month=1/a.parquet")
    #expect(Location("/").file("a.csv") == "/a.csv")
    #expect(Location("/data/flights").file("") == "/data/flights")
    let bucket = Location(scheme: "s3", root: "lake/flights")
    #expect("\(bucket)" == "s3://lake/flights")
    #expect(bucket.file("month=1/a.parquet") == "s3://lake/flights/month=1/a.parquet")
    #expect(bucket != Location("lake/flights"))
  }

  @Test("a relative path is read by its names")
  func relative() {
    #expect(Location("data/./flights//x/..", in: "/ws") == Location("/ws/data/flights"))
    #expect(Location("../../../x", in: "/ws") == Location("/x"))
    #expect(Location("/x/../y", in: "/ws") == Location("/y"))
    #expect(Location("..", in: "/") == Location("/"))
  }

  @Test("tells what lies below it, by whole names and bytes")
  func below() {
    let flights = Location("/data/flights")
    #expect(flights.path(to: Location("/data/flights/month=1/a")) == "month=1/a")
    #expect(flights.path(to: flights) == nil)
    #expect(flights.path(to: Location("/data/flights2/a")) == nil)
    #expect(flights.path(to: Location("/data")) == nil)
    #expect(Location("/").path(to: flights) == "data/flights")
    #expect(Location("/e\u{301}").path(to: Location("/\u{E9}/a")) == nil)
    #expect(flights.path(to: Location(scheme: "s3", root: "/data/flights/a")) == nil)
  }

  @Test("has a place above it, and beside it the hidden folder of an output")
  func above() {
    #expect(Location("/out/fw").parent == Location("/out"))
    #expect(Location("/out").parent == Location("/"))
    #expect(Location("/").parent == Location("/"))
    #expect(Location("/out/fw/").hiddenFolder == Location("/out/.fw.dovetail"))
    #expect(Location("/fw").hiddenFolder == Location("/.fw.dovetail"))
    #expect("\(Location("fw").hiddenFolder)" == ".fw.dovetail")
    #expect("\(Location("out/fw").hiddenFolder)" == "out/.fw.dovetail")
    #expect(
      Location(scheme: "s3", root: "lake/fw").hiddenFolder
        == Location(scheme: "s3", root: "lake/.fw.dovetail"))
  }

  @Test("A path that names its store is a place of its own, and a file elsewhere is known by it")
  func stores() {
    let table = Location(scheme: "s3", root: "lake/flights")
    let other = Location(scheme: "s3", root: "other/a b/x.parquet")
    #expect(table.file("s3://other/a b/x.parquet") == "s3://other/a b/x.parquet")
    #expect(table.path(toFile: other) == "s3://other/a b/x.parquet")
    #expect(table.folder(table.path(toFile: other)) == other)
    #expect(table.path(toFile: table.folder("day=1/x.parquet")) == "day=1/x.parquet")
    for path in ["k=s3://x", "://x", "S 3://x", "day=1/x"] as [ExactText] {
      #expect(Location(url: path) == nil)
      #expect(table.folder(path).root == "lake/flights/\(path)")
    }
  }
}
