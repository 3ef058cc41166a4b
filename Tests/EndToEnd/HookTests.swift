import Foundation
import Testing

@Suite("The hook on_run_finished")
struct HookTests {
  @Test("it gets the run's JSON on standard input, and its failure changes nothing")
  func hook() async throws {
    let yaml = Workbench.pair() + "\nhooks: { on_run_finished: 'cat >> runs.json; exit 5' }\n"
    let bench = try Workbench(yaml)
    try await bench.landPair()
    let run = try await bench.dovetail("run")
    #expect(run.status == 0)
    #expect(
      run.stderr.contains(
        "the hook on_run_finished ended with status 5: cat >> runs.json; exit 5"))
    let text = try String(contentsOfFile: bench.path("runs.json"), encoding: .utf8)
    let json = try JSONValue(text)
    #expect(json["job"] == .string("j"))
    #expect(json["run"].integer == 1)
    #expect(json["committed"].integer == 3)
    // Nothing to do is no run.
    _ = try await bench.dovetail("run")
    #expect(try String(contentsOfFile: bench.path("runs.json"), encoding: .utf8) == text)
  }
}
