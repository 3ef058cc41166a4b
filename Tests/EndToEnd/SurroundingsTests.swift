import Foundation
import Testing

@Suite("A workspace that cannot be read or written")
struct SurroundingsTests {
  /// What is done to the workspace `$1` before a command runs in it, and what the command says then.
  struct Fault: CustomTestStringConvertible, Sendable {
    let script: String
    let command: String
    var status: Int32 = 1
    let sentence: String

    var testDescription: String { "\(script); \(command)" }
  }

  private static let ledger = "WS/.dovetail/ledger.sqlite"

  private static let faults = [
    Fault(
      script: "chmod 000 dovetail.yaml", command: "status", status: 2,
      sentence: "WS/dovetail.yaml cannot be read: Permission denied."),
    Fault(
      script: "chmod 600 .", command: "status", status: 2,
      sentence: "WS/dovetail.yaml cannot be read: Permission denied."),
    Fault(
      script: #"printf 'tables:\n  caf\351: {}\n' > dovetail.yaml"#, command: "status", status: 2,
      sentence: "dovetail.yaml:2:6: error: "),
    Fault(
      script: "chmod 000 .dovetail", command: "status",
      sentence: "Cannot open the ledger \(ledger): Permission denied. Check the path and its "),
    Fault(
      script: "chmod 000 .dovetail", command: "run",
      sentence: "Cannot open the ledger \(ledger): Permission denied. Check the path and its "),
    Fault(
      script: "rm -r .dovetail; chmod 500 .", command: "run",
      sentence: "Cannot open the ledger \(ledger): its folder cannot be created: Permission denied."
    ),
    Fault(
      script: "chmod 000 .dovetail/ledger.sqlite", command: "pending",
      sentence: "Cannot open the ledger \(ledger): "),
    Fault(
      script: "chmod 444 .dovetail/ledger.sqlite", command: "run",
      sentence: "The ledger \(ledger) cannot be written: the file, its folder or its disk is "),
    Fault(
      script: "rm -r .dovetail; echo x > .dovetail", command: "pending",
      sentence: "Cannot open the ledger \(ledger): Not a directory."),
    Fault(
      script: "mv .dovetail gone; ln -s lost .dovetail", command: "run",
      sentence: "Cannot open the ledger \(ledger): WS/.dovetail is a link to something that does "),
    Fault(
      script: "rm .dovetail/*; echo text > .dovetail/ledger.sqlite", command: "history",
      sentence: "The ledger \(ledger) is not an SQLite database."),
    Fault(
      script: "truncate -s 40000 .dovetail/ledger.sqlite",
      command: "run", sentence: "The ledger \(ledger) is damaged: "),
    Fault(
      script: "chmod 500 out/.j.dovetail", command: "rerun k=1 --quiet",
      sentence: "Cannot use the folder WS/out/.j.dovetail: permission denied."),
  ]

  @Test(
    "is one sentence with the path and the reason, and changes nothing",
    .enabled(if: !Machine.isRoot || Machine.dropsRights, "root's rights cannot be laid down here"),
    arguments: faults)
  func said(_ fault: Fault) async throws {
    let bench = try Workbench(Workbench.pair())
    try await bench.landPair(["1"])
    try await bench.run()
    // Opened and closed, the ledger is one file.
    #expect(try bench.runStates() == ["succeeded"])
    let before = try bench.facts("out/j")
    defer { _ = system("chmod -R u+rwX '\(bench.folder)'") }
    let finished = try await bench.shell(
      #"cd "$1"; \#(fault.script); \#(Machine.asOrdinaryUser) "$0" \#(fault.command) -C "$1""#)
    #expect(finished.status == fault.status, Comment(rawValue: finished.stderr))
    #expect(
      finished.stderr.replacing(bench.folder, with: "WS").contains(fault.sentence),
      Comment(rawValue: finished.stderr))
    #expect(!finished.stderr.contains("There is no dovetail.yaml"))
    #expect(finished.stdout == "")
    #expect(system("chmod -R u+rwX '\(bench.folder)'") == 0)
    #expect(try bench.facts("out/j") == before)
  }
}
