import Foundation
import IncrementalJoin
import LocalStorage
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin
@testable import LocalStorage

@Suite("What a listing meets and does not count")
struct ListingProblemTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(to: "flights/month=1/day=1/a.parquet")
  }

  /// The problems of a listing that still finds the one good file, by path below the location.
  private func problems() async -> [String: ListingProblem.Kind] {
    let table = table(in: folder)
    let snapshot = await LocalStorage().list(table)
    #expect(snapshot.fileCount == 1)
    return Dictionary(
      uniqueKeysWithValues: snapshot.problems.map {
        (String($0.path.text.dropFirst(table.location.description.count + 1)), $0.kind)
      })
  }

  private let month = PartitionKey(name: "month", type: .int)
  private let day = PartitionKey(name: "day", type: .int)

  @Test("files of another format are stray at every level")
  func stray() async throws {
    try folder.write(to: "flights/README.md")
    try folder.write(to: "flights/month=1/notes.csv")
    try folder.write(to: "flights/month=1/day=1/a.parquet.tmp")
    try folder.link("flights/month=1/day=1/gone.txt", to: "nowhere")
    let stray = ListingProblem.Kind.otherFormat(expected: .parquet)
    #expect(
      await problems() == [
        "README.md": stray, "month=1/notes.csv": stray, "month=1/day=1/a.parquet.tmp": stray,
        "month=1/day=1/gone.txt": stray,
      ])
  }

  @Test("a data file above the last level is misplaced, through a link too")
  func missingLevel() async throws {
    try folder.write(to: "flights/a.parquet")
    try folder.write(to: "flights/month=1/b.parquet")
    try folder.link("flights/c.parquet", to: "a.parquet")
    let misplaced = ListingProblem.Kind.missingLevel(expected: [month, day])
    #expect(
      await problems() == [
        "a.parquet": misplaced, "month=1/b.parquet": misplaced, "c.parquet": misplaced,
      ])
  }

  @Test("a folder that is not of its level's key is misplaced, and nothing in it is read")
  func unexpectedFolder() async throws {
    try folder.write(to: "flights/backup/month=1/day=1/a.parquet")
    try folder.write(to: "flights/day=1/month=1/a.parquet")
    try folder.write(to: "flights/month=1/x.parquet/a.parquet")
    #expect(
      await problems() == [
        "backup": .unexpectedFolder(key: month), "day=1": .unexpectedFolder(key: month),
        "month=1/x.parquet": .unexpectedFolder(key: day),
      ])
  }

  @Test("a folder below the last key is misplaced")
  func nestedFolder() async throws {
    try folder.write(to: "flights/month=1/day=1/hour=1/a.parquet")
    #expect(await problems() == ["month=1/day=1/hour=1": .nestedFolder])
  }

  @Test("a folder whose value is not of its key's type is misplaced")
  func wrongType() async throws {
    try folder.write(to: "flights/month=jan/day=1/a.parquet")
    try folder.write(to: "flights/month=1/day=/a.parquet")
    #expect(
      await problems() == [
        "month=jan": .wrongType(key: month, raw: "jan"),
        "month=1/day=": .wrongType(key: day, raw: ""),
      ])
  }

  @Test("a link that leads nowhere makes the listing incomplete: its disk may not be mounted")
  func danglingLink() async throws {
    try folder.link("flights/month=2", to: "/nowhere/month=2")
    try folder.link("flights/month=1/day=1/b.parquet", to: "/nowhere/b.parquet")
    let reason = "it is a symbolic link to something that does not exist"
    #expect(
      await problems() == [
        "month=2": .unreadable(reason: reason),
        "month=1/day=1/b.parquet": .unreadable(reason: reason),
      ])
  }

  @Test("links in a circle and pipes in the place of data cannot be read")
  func unreadable() async throws {
    try folder.link("flights/month=2", to: "month=3")
    try folder.link("flights/month=3", to: "month=2")
    #expect(mkfifo("\(folder.path)/flights/month=1/day=1/b.parquet", 0o600) == 0)
    let circle = ListingProblem.Kind.unreadable(reason: "Too many levels of symbolic links")
    #expect(
      await problems() == [
        "month=2": circle, "month=3": circle,
        "month=1/day=1/b.parquet": .unreadable(reason: "it is neither a file nor a folder"),
      ])
  }

  #if os(Linux)
    @Test("a name that is not UTF-8 is told with its bytes, and only what may lie in it is unseen")
    func notUTF8() async throws {
      func path(_ name: String) -> [CChar] {
        Array("\(folder.path)/flights/\(name)".utf8CString.dropLast()) + [
          CChar(bitPattern: 0xFC), 0,
        ]
      }
      for name in ["month=", "month=1/day=", "month=1/day=1/"] {
        #expect(mkdir(path(name), 0o700) == 0)
      }
      for name in ["", "month=1/day=1/n\u{F6}.p"] {
        let file = path(name).dropLast() + ".parquet".utf8CString
        close(creat(Array(file), 0o600))
      }
      try folder.makeFolder("flights/month=%FF")
      let snapshot = await LocalStorage().list(table(in: folder))
      #expect(
        await problems() == [
          "month=\\xFC": .notText(isFolder: true), "month=%FF": .notText(isFolder: true),
          "month=1/day=\\xFC": .notText(isFolder: true), "month=1/day=1/\\xFC": .nestedFolder,
          "month=1/day=1/n\u{F6}.p\\xFC.parquet": .notText(isFolder: false),
          "\\xFC.parquet": .missingLevel(expected: [month, day]),
        ])
      #expect(snapshot.failure == nil)
      #expect(snapshot.fileCount == 1)
      #expect(
        snapshot.unreadNames.map(\.path) == [
          "month=%FF", "month=1/day=1/n\u{F6}.p\\xFC.parquet", "month=1/day=\\xFC",
          "month=\\xFC",
        ])
      #expect(
        snapshot.unreadNames.map(\.values) == [
          [], [.integer(1), .integer(1)], [.integer(1)], [],
        ])
    }

    @Test("a folder that holds only a name that is not UTF-8 is not without data")
    func dataOfSuchName() async throws {
      try folder.makeFolder("out/month=1")
      let output = OutputDefinition(location: "\(folder.path)/out", keys: [month])
      #expect(await !LocalStorage().hasData(output))
      close(creat(Array("\(folder.path)/out/month=1/".utf8CString.dropLast()) + [-4, 0], 0o600))
      #expect(await LocalStorage().hasData(output))
    }
  #endif

  @Test("a missing location is an answer of its own")
  func locationMissing() async throws {
    let snapshot = await LocalStorage().list(table(in: folder, location: "weather"))
    #expect(
      snapshot.problems == [
        ListingProblem(
          table: "flights", path: "\(folder.path)/weather", kind: .locationMissing)
      ])
    #expect(snapshot.failure != nil)
  }

  @Test("an empty location is no problem")
  func emptyLocation() async throws {
    try folder.makeFolder("weather")
    let snapshot = await LocalStorage().list(table(in: folder, location: "weather"))
    #expect(snapshot.problems == [])
    #expect(snapshot.partitions == [:])
  }

  @Test("a location that is a file cannot be read")
  func locationIsFile() async throws {
    try folder.write(to: "weather")
    let snapshot = await LocalStorage().list(table(in: folder, location: "weather"))
    #expect(snapshot.problems.map(\.kind) == [.locationIsFile])
  }

  @Test(
    "folders that refuse to be read make the listing incomplete",
    .disabled(if: OrdinaryUser.isImpossible, "the superuser is refused nothing"))
  func notPermitted() async throws {
    try folder.makeFolder("flights/month=2")
    try folder.write(to: "flights/month=3/day=1/b.parquet")
    try folder.write(to: "weather/month=1/day=1/a.parquet")
    let closed = ["flights/month=2", "flights/month=3/day=1", "weather"]
    // The last can be listed and not entered.
    for (name, mode) in zip(closed, [0o000, 0o444, 0o000]) {
      try folder.setPermissions(mode, of: name)
    }
    defer { for name in closed { try? folder.setPermissions(0o700, of: name) } }
    await OrdinaryUser.act {
      #expect(
        await problems() == [
          "month=2": .notPermitted, "month=3/day=1/b.parquet": .notPermitted,
        ])
      let weather = await LocalStorage().list(table(in: folder, location: "weather"))
      #expect(weather.problems.map(\.kind) == [.notPermitted])
      #expect(weather.problems.map(\.path) == ["\(folder.path)/weather"])
    }
  }

  @Test("files from the future are data, and one note a table tells of them")
  func future() async throws {
    for day in [3, 2] { try folder.write(to: "flights/month=1/day=\(day)/a.parquet") }
    let time = 4_000_000_000_000_000_000 as Int64
    for day in [3, 2] { try folder.setModified(time, of: "flights/month=1/day=\(day)/a.parquet") }
    let snapshot = await LocalStorage().list(table(in: folder))
    #expect(snapshot.fileCount == 3)
    #expect(snapshot.failure == nil)
    #expect(
      snapshot.problems == [
        ListingProblem(
          table: "flights", path: "\(folder.path)/flights/month=1/day=2/a.parquet",
          kind: .datedInFuture(modified: Date(timeIntervalSince1970: 4_000_000_000), others: 1))
      ])
  }

  @Test("no note tells of files that are dated a little ahead, held by min_age, or a job's own")
  func futureElsewhere() async throws {
    let file = "flights/month=1/day=1/a.parquet"
    try folder.setModified(Int64(Date().timeIntervalSince1970 + 50) * 1_000_000_000, of: file)
    #expect(await LocalStorage().list(table(in: folder)).problems == [])
    try folder.setModified(4_000_000_000_000_000_000, of: file)
    let table = table(in: folder)
    for (minimum, isOutput) in [(Duration.seconds(1), false), (.zero, true)] {
      let other = TableDefinition(
        name: "flights", location: table.location, format: .parquet, keys: table.keys,
        minimumAge: minimum, isOutput: isOutput)
      #expect(await LocalStorage().list(other).problems == [])
    }
  }

  @Test("problems are sorted by path")
  func sorted() async throws {
    for name in ["c", "a", "b", "month=1/x"] { try folder.write(to: "flights/\(name)") }
    let paths = await LocalStorage().list(table(in: folder)).problems.map(\.path)
    #expect(paths == ["a", "b", "c", "month=1/x"].map { "\(folder.path)/flights/\($0)" })
  }
}
