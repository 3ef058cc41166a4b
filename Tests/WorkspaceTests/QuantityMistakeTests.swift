import Testing

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
