import Foundation
import Testing

@testable import IncrementalJoin

@Suite("A window of past runs")
struct RunWindowTests {
  /// Runs 1, 4 and 12 are the job's; run 5 is another one's.
  private var ledger: FakeLedger {
    var ledger = FakeLedger()
    ledger.history = [
      .test(12), .test(5, job: "daily"), .test(4), .test(1),
    ]
    return ledger
  }

  private func window(
    _ after: RunID?, _ through: RunID?, _ mode: BookmarkMode = .pause,
    job: String = "flights_weather"
  ) throws -> RunWindow? {
    try RunWindow.checked(
      after: after, through: through, mode: mode, job: job, ledger: ledger)
  }

  private func refusal(
    _ after: RunID?, _ through: RunID?, _ mode: BookmarkMode = .pause,
    job: String = "flights_weather"
  ) -> String? {
    do {
      _ = try window(after, through, mode, job: job)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("goes from one run of the job, or from the beginning, to a later one")
  func windows() throws {
    #expect(try window(1, 12) == RunWindow(after: 1, through: 12))
    #expect(try window(0, 1) == RunWindow(after: 0, through: 1))
  }

  @Test("is none when neither end is given", arguments: BookmarkMode.allCases)
  func none(_ mode: BookmarkMode) throws {
    #expect(try window(nil, nil, mode) == nil)
  }

  @Test("needs a paused run, whichever end is given")
  func notPaused() {
    for (after, through) in [(1, 12), (nil, 12), (1, nil)] as [(RunID?, RunID?)] {
      #expect(
        refusal(after, through, .enable) == """
          Invalid option(s): --from and --to replay a window of past runs only with --bookmark \
          pause, and this run has --bookmark enable. Add --bookmark pause, or leave both out.
          """)
    }
    #expect(refusal(1, 12, .disable)?.contains("this run has --bookmark disable") == true)
  }

  @Test("needs both ends")
  func oneEnd() {
    #expect(
      refusal(1, nil) == """
        Missing option or value: --to, the last run of the window. --from and --to go together; \
        leave both out for what is pending.
        """)
    #expect(
      refusal(nil, 12) == """
        Missing option or value: --from, the last run before the window, or 0 for the beginning. \
        --from and --to go together; leave both out for what is pending.
        """)
  }

  @Test("ends after it begins")
  func reversed() {
    #expect(
      refusal(12, 4)
        == "The window from run 12 to run 4 is reversed: write --from 4 --to 12.")
    #expect(
      refusal(4, 4) == """
        The window from run 4 to run 4 is empty: it begins after run 4. For run 4 alone, begin \
        with an earlier run; --from 0 is the beginning.
        """)
  }

  @Test("consists of runs that there are, of this job")
  func unknown() {
    #expect(
      refusal(2, 12) == """
        --from 2: there is no run 2; flights_weather has 3 runs, from 1 to 12; 0 means the \
        beginning.
        """)
    #expect(
      refusal(0, 99)
        == "--to 99: there is no run 99; flights_weather has 3 runs, from 1 to 12.")
    #expect(
      refusal(0, 0) == "--to 0: there is no run 0; flights_weather has 3 runs, from 1 to 12.")
    #expect(
      refusal(-1, 4)?.hasPrefix("--from -1: there is no run -1;") == true)
    #expect(
      refusal(1, 5)
        == "--to 5: run 5 is one of job daily; flights_weather has 3 runs, from 1 to 12.")
    #expect(
      refusal(0, 1, job: "daily")
        == "--to 1: run 1 is one of job flights_weather; daily has one run, 5.")
    #expect(
      refusal(0, 1, job: "weekly")
        == "--to 1: run 1 is one of job flights_weather; weekly has no runs yet.")
  }
}
