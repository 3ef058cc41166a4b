import Foundation
import IncrementalJoin
import TestSupport
import Testing
import Workspace

@Suite("Finding and creating")
struct FindingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ body: () throws -> Void) -> String? {
    #expect(throws: WorkspaceError.self, performing: body)?.description
      .replacing(folder.path, with: "WS")
  }

  @Test("the nearest dovetail.yaml upwards is found")
  func nearest() throws {
    try folder.makeFolder("inner/deep/er")
    try folder.write("tables:\n")
    #expect(try Workspace.find(from: "\(folder.path)/inner/deep/er") == folder.path)
    try folder.write("tables:\n", to: "inner/dovetail.yaml")
    #expect(
      try Workspace.find(from: "\(folder.path)/inner/deep/./er/..") == "\(folder.path)/inner")
  }

  @Test("no dovetail.yaml says where it was looked for")
  func missing() throws {
    #expect(
      message { _ = try Workspace.find(from: folder.path) }
        == "There is no dovetail.yaml in WS or any folder above it. Go to a workspace's folder, "
        + "or start one with `dovetail init`.")
    #expect(
      message { _ = try Workspace.load(from: folder.path) }
        == "There is no dovetail.yaml in WS. Go to a workspace's folder, or start one with "
        + "`dovetail init`.")
  }

  @Test(
    "a dovetail.yaml that cannot be read is not one that is missing, and no other is taken for it",
    arguments: [
      ("mkdir", "it is a folder"), ("mkfifo", "it is not a file"),
      ("ln -s nowhere", "it is a link to nowhere, which does not exist"),
      ("ln -s dovetail.yaml", "Too many levels of symbolic links"),
      ("ln -s /proc/self/mem", "Input/output error"),
    ])
  func unreadable(_ command: String, _ reason: String) throws {
    try folder.write("version: 1")
    try folder.makeFolder("inner")
    #expect(system("cd '\(folder.path)/inner' && \(command) dovetail.yaml") == 0)
    #expect(
      message { _ = try Workspace.load(from: Workspace.find(from: "\(folder.path)/inner")) }
        == "WS/inner/dovetail.yaml cannot be read: \(reason).")
  }

  @Test("a folder that does not exist is no part of the workspace around it")
  func noFolder() throws {
    try folder.write("version: 1")
    #expect(
      message { _ = try Workspace.find(from: "\(folder.path)/tpyo") }
        == "There is no folder WS/tpyo. Name the folder of dovetail.yaml, or one below it.")
  }

  @Test("the starting file is created once, is valid and explains every key")
  func create() throws {
    let new = "\(folder.path)/new/place"
    let path = try Workspace.create(in: new)
    #expect(path == "\(new)/dovetail.yaml")
    let workspace = try Workspace.load(from: new)
    #expect(workspace.tables.map(\.name) == ["flights", "weather"])
    #expect(workspace.jobs.map(\.name) == ["flights_weather"])

    let text = try String(contentsOfFile: path, encoding: .utf8)
    let keys = [
      "version", "tables", "location", "format", "partitions", "columns", "min_age", "jobs",
      "inputs", "join", "type", "on", "select", "sql", "output", "limits", "removals",
      "kept_runs", "memory", "schema", "record_rows", "wait", "key", "kept_for", "kept_bytes",
      "max_partitions", "max_bytes", "hooks", "on_run_finished", "csv", "optional", "types",
    ]
    for key in keys { #expect(text.contains("\(key):"), "\(key) is not explained") }
    // What is commented out is valid too.
    let commented = try Regex(
      "(?m)^( *)# (?=format: csv|csv:|  delimiter:|  decimal:|  null:|optional:|types:"
        + "|columns:|  origin:|  time_hour:|min_age:|schema:|record_rows:|wait:|key:"
        + "|limits:|  removals:|  kept_|  memory:|  max_|hooks:|  on_run_finished:)",
      as: (Substring, Substring).self)
    let active = text.replacing(commented) { $0.output.1 }
    try Data(active.utf8).write(to: URL(fileURLWithPath: path))
    let whole = try Workspace.load(from: new)
    #expect(whole.tables.first?.columns?.count == 2)
    #expect(whole.tables.last?.optional == ["wind_gust"])
    #expect(whole.tables.last?.csv == CSVDialect(delimiter: ";", null: ["", "NA"], decimal: ","))
    #expect(whole.jobs.first?.output.types == .spark)
    #expect(whole.jobs.first?.key == ["flight"])
    #expect(whole.jobs.first?.limits.maxBytes == 200_000_000_000)
    #expect(whole.hooks == Hooks(runFinished: "./notify.sh"))
  }

  @Test("an existing file is never overwritten")
  func exists() throws {
    try folder.write("mine\n")
    #expect(
      message { try Workspace.create(in: folder.path) }
        == "WS/dovetail.yaml exists already and is left as it is. Edit it, or choose another "
        + "folder.")
    #expect(
      try String(contentsOfFile: "\(folder.path)/dovetail.yaml", encoding: .utf8) == "mine\n")
  }

  @Test("a folder that cannot be created is named")
  func unwritable() throws {
    try folder.write("", to: "file")
    #expect(
      message { try Workspace.create(in: "\(folder.path)/file/below") }
        == "WS/file/below cannot be written: WS/file is a file, and the workspace is a folder. Name another folder."
    )
  }
}

@Suite("Looking up")
struct LookupTests {
  private func workspace(jobs: [String]) throws -> Workspace {
    let folder = try TemporaryFolder()
    let lines = jobs.map { "  \($0): { inputs: [a], sql: SELECT 1, output: { location: \($0) } }" }
    return try folder.load(
      "tables:\n  a: { location: data/a, partitions: [m] }\njobs:\n"
        + lines.joined(separator: "\n"))
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("names are found ignoring case, and a job's output as a table")
  func found() throws {
    let workspace = try workspace(jobs: ["flights", "weather"])
    #expect(try workspace.job(named: "Flights").name == "flights")
    #expect(try workspace.table(named: "A").name == "a")
    #expect(try workspace.table(named: "weather") == workspace.jobs[1].outputTable)
  }

  @Test("an unknown name brings a suggestion or the choice")
  func unknown() throws {
    let workspace = try workspace(jobs: ["flights", "weather"])
    #expect(
      message { _ = try workspace.job(named: "fligths") }
        == "There is no job \"fligths\". Did you mean \"flights\"? `dovetail status` lists the jobs."
    )
    #expect(
      message { _ = try workspace.job(named: "x") }
        == "There is no job \"x\". The jobs are flights and weather.")
    #expect(
      message { _ = try workspace.table(named: "wether") }
        == "There is no table \"wether\". Did you mean \"weather\"? `dovetail tables` lists the tables."
    )
    #expect(
      message { _ = try workspace.table(named: "\u{1B}[2J") }
        == "There is no table \"\\u{1B}[2J\". The tables are a, flights and weather.")
  }

  @Test("the only job needs no name, one of several does")
  func unnamed() throws {
    #expect(try workspace(jobs: ["flights"]).job(named: nil).name == "flights")
    let two = try workspace(jobs: ["flights", "weather"])
    #expect(
      message { _ = try two.job(named: nil) }
        == "Name the job: dovetail.yaml declares flights and weather.")
    let none = try workspace(jobs: [])
    #expect(
      message { _ = try none.job(named: nil) }
        == "dovetail.yaml declares no job. Add one below `jobs:`.")
    #expect(
      message { _ = try none.job(named: "x") }
        == "There is no job \"x\". dovetail.yaml declares no job.")
  }
}
