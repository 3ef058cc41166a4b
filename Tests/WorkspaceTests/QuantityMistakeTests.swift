import Testing
import Workspace

@Suite("Mistakes in durations, sizes, shares and counts")
struct QuantityMistakeTests {
  @Test
  func `a duration without a unit is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 90 }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "90" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 90 }
                                                                  ^
        hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
      """)
  }

  @Test
  func `the unit of a duration is in lower case, and M is not a minute`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 1M }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "1M" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 1M }
                                                                  ^
        hint: write 1m for minutes. A month has no fixed length: write days, as in 30d.
      """)
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 36 H }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "36 H" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 36 H }
                                                                  ^
        hint: did you mean "36 h"?
      """)
    for text in ["1mo", "1 month", "1Y", "1w", "2ms", "1.5h", "-1h", "h", "1 H h"] {
      #expect(DeclaredQuantity.duration(text) == nil, "\(text)")
    }
    for (text, seconds) in [("90s", 90), ("15m", 900), ("36 h", 129_600), ("1d", 86_400)] {
      #expect(DeclaredQuantity.duration(text) == .seconds(seconds), "\(text)")
    }
  }

  @Test
  func `a duration that overflows is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { m: int }, min_age: 9223372036854775807d }

        """,
      """
      dovetail.yaml:2:59: error: min_age: "9223372036854775807d" is not a duration
          a: { location: data/a, partitions: { m: int }, min_age: 9223372036854775807d }
                                                                  ^
        hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
      """)
  }

  @Test
  func `a size without a unit is refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }
            limits: { memory: 4 }

        """,
      """
      dovetail.yaml:9:23: error: memory: "4" is not a size
            limits: { memory: 4 }
                              ^
        hint: write a whole number and MB, MiB, GB, GiB, TB or TiB: 4GiB.
      """)
  }

  @Test
  func `shares and counts out of range are refused`() throws {
    try expectComplaint(
      about: """
        tables:
          a: { location: data/a, partitions: { month: int, day: int } }
          b: { location: data/b, partitions: { month: int, day: int } }
        jobs:
          j:
            inputs: [a, b]
            join: { on: [id] }
            output: { location: out/j }
            limits: { removals: 25%, kept_runs: -1 }

        """,
      """
      dovetail.yaml:9:25: error: removals: "25%" is not a share from 0 to 1
            limits: { removals: 25%, kept_runs: -1 }
                                ^
        hint: write a quarter as 0.25; 1 allows everything.
      dovetail.yaml:9:41: error: kept_runs: "-1" is not a whole number
            limits: { removals: 25%, kept_runs: -1 }
                                                ^
        hint: write 0 or more: 3.
      """)
  }
}
