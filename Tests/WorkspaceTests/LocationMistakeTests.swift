import Foundation
import IncrementalJoin
import TestSupport
import Testing
import Workspace

@Suite("Mistakes in locations")
struct LocationMistakeTests {
  @Test
  func `two jobs cannot write one output`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: out/x } }
          y: { inputs: [a, b], join: { on: [id] }, output: { location: ./out/y/../x/ } }

        """,
      """
      dovetail.yaml:6:64: error: job x writes the same location (line 5)
          y: { inputs: [a, b], join: { on: [id] }, output: { location: ./out/y/../x/ } }
                                                                       ^
        hint: give each job an output location of its own.
      """)
  }

  @Test
  func `an output inside another is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: out/x } }
          y: { inputs: [a, b], join: { on: [id] }, output: { location: out/x/y } }

        """,
      """
      dovetail.yaml:6:64: error: the output location is inside the location of the output of job x (line 5)
          y: { inputs: [a, b], join: { on: [id] }, output: { location: out/x/y } }
                                                                       ^
        hint: choose a folder outside: a job replaces what is in its output.
      """)
  }

  @Test
  func `an output around another is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: out/x } }
          y: { inputs: [a, b], join: { on: [id] }, output: { location: out } }

        """,
      """
      dovetail.yaml:6:64: error: the output location contains the location of the output of job x (line 5)
          y: { inputs: [a, b], join: { on: [id] }, output: { location: out } }
                                                                       ^
        hint: choose a folder outside: a job replaces what is in its output.
      """)
  }

  @Test
  func `an output inside a table is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data/a/out } }

        """,
      """
      dovetail.yaml:5:64: error: the output location is inside the location of table a (line 2)
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data/a/out } }
                                                                       ^
        hint: choose a folder outside: a job replaces what is in its output.
      """)
  }

  @Test
  func `an output around tables is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data } }

        """,
      """
      dovetail.yaml:5:64: error: the output location contains the location of table a (line 2)
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data } }
                                                                       ^
        hint: choose a folder outside: a job replaces what is in its output.
      dovetail.yaml:5:64: error: the output location contains the location of table b (line 3)
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data } }
                                                                       ^
        hint: choose a folder outside: a job replaces what is in its output.
      """)
  }

  @Test
  func `an output at an input's location is a circle`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data/a } }

        """,
      """
      dovetail.yaml:5:17: error: job x reads its own output
          x: { inputs: [a, b], join: { on: [id] }, output: { location: data/a } }
                        ^
        hint: a job cannot read what it writes: change this input, or the location of the output.
      """)
  }

  @Test
  func `an output around the workspace is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: .. } }

        """,
      """
      dovetail.yaml:5:64: error: the output location contains the workspace itself
          x: { inputs: [a, b], join: { on: [id] }, output: { location: .. } }
                                                                       ^
        hint: choose a folder of its own, such as out/name.
      """)
  }

  @Test
  func `an output in the ledger's folder is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: .dovetail/out } }

        """,
      """
      dovetail.yaml:5:64: error: the output location is in the folder of the ledger
          x: { inputs: [a, b], join: { on: [id] }, output: { location: .dovetail/out } }
                                                                       ^
        hint: choose a folder of its own, such as out/name.
      """)
  }

  @Test
  func `a table at an output must be declared as the output is`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
          c: { location: out/x, format: csv, partitions: { month: int } }
        jobs:
          x: { inputs: [a, b], join: { on: [id] }, output: { location: out/x } }

        """,
      """
      dovetail.yaml:4:3: error: table c is the output of job x, but is declared differently
          c: { location: out/x, format: csv, partitions: { month: int } }
          ^
        hint: declare it with format: parquet and partitions: { month: int, day: int }, or remove it and let inputs read x.
      """)
  }

  @Test(arguments: [
    "out/.x.dovetail", "out/.x.dovetail/kept", "out/y/../.x.dovetail/y", "link/y",
    "out/x/../.x.dovetail",
  ])
  func `nothing lies where another output is staged and kept`(location: String) throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("out/.x.dovetail")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/out/.x.dovetail")
    for (table, output) in [(location, "out/y"), ("data/b", location)] {
      let complaint = try folder.complaint(
        about: """
          tables:
            a: { location: data/a, partitions: { k: int } }
            b: { location: \(table), partitions: { k: int } }
          jobs:
            x: { inputs: [a, b], join: { on: [id] }, output: { location: out/x } }
            y: { inputs: [a, b], join: { on: [id] }, output: { location: \(output) } }

          """)
      let place = output == location ? "6:64" : "3:18"
      let lines = complaint.split(separator: "\n")
      #expect(
        lines.first
          == """
          dovetail.yaml:\(place): error: the location is in out/.x.dovetail, where Dovetail stages \
          and keeps the output of job x
          """)
      #expect(lines.last == "  hint: choose a folder outside of it.")
    }
  }

  @Test
  func `the hidden folder may itself be a link`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("out")
    try folder.makeFolder("data/a")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/out/.x.dovetail", withDestinationPath: "\(folder.path)/data/a")
    let complaint = try folder.complaint(
      about: """
        tables: { a: { location: data/a, partitions: { k: int } } }
        jobs: { x: { inputs: [a], sql: SELECT 1, output: { location: out/x } } }

        """)
    #expect(complaint.contains("error: the location is in out/.x.dovetail"))
  }

  @Test
  func `a place inside the workspace is relative to it, and another one absolute`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("disk")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/disk")
    for (declared, resolved) in [
      ("out/x", "out/x"), ("./out/../x/", "x"), ("\(folder.path)/out", "out"), ("link/x", "disk/x"),
      ("/srv/x", "/srv/x"),
    ] {
      let workspace = try folder.load(
        """
        tables: { a: { location: data/a, partitions: { k: int } } }
        jobs: { x: { inputs: [a], sql: SELECT 1, output: { location: \(declared) } } }

        """)
      #expect(
        workspace.jobs.first?.output.place == OutputPlace(declared: declared, resolved: resolved))
    }
  }
}
