import Testing

@Suite("Mistakes in what a job waits for")
struct WaitMistakeTests {
  /// The lines of a job that has no mistakes; more lines of the job begin at line 9.
  private static let job = """
    tables:
      a: { location: data/a, partitions: { month: int, day: int } }
      b: { location: data/b, partitions: { month: int, day: int } }
    jobs:
      j:
        inputs: [a, b]
        join: { on: [id] }
        output: { location: out/j }

    """

  @Test
  func `an unknown wait policy lists the known ones`() throws {
    try expectComplaint(
      about: Self.job + "    wait: forever\n",
      """
      dovetail.yaml:9:11: error: "forever" is not a known wait policy
            wait: forever
                  ^
        hint: choose any or all.
      """)
  }

  @Test
  func `a misspelled wait policy is suggested`() throws {
    try expectComplaint(
      about: Self.job + "    wait: { for: al, deadline: 36 h }\n",
      """
      dovetail.yaml:9:18: error: "al" is not a known wait policy
            wait: { for: al, deadline: 36 h }
                         ^
        hint: did you mean "all"?
      """)
  }

  @Test
  func `a wait policy is not a list`() throws {
    try expectComplaint(
      about: Self.job + "    wait: [all]\n",
      """
      dovetail.yaml:9:11: error: "wait" must be text or a mapping, not a list
            wait: [all]
                  ^
        hint: write wait: all, or wait: { for: all, deadline: 36h }.
      """)
  }

  @Test
  func `a deadline without for is refused`() throws {
    try expectComplaint(
      about: Self.job + "    wait: { deadline: 36 h }\n",
      """
      dovetail.yaml:9:5: error: the wait of job j has no "for"
            wait: { deadline: 36 h }
            ^
        hint: add for: all.
      """)
  }

  @Test
  func `a deadline with for any is refused`() throws {
    try expectComplaint(
      about: Self.job + "    wait: { for: any, deadline: 36 h }\n",
      """
      dovetail.yaml:9:23: error: the deadline has nothing to end: with for: any no input is waited for
            wait: { for: any, deadline: 36 h }
                              ^
        hint: write for: all, or remove the deadline.
      """)
  }

  @Test
  func `a deadline is a duration`() throws {
    try expectComplaint(
      about: Self.job + "    wait: { for: all, deadline: tomorrow }\n",
      """
      dovetail.yaml:9:33: error: deadline: "tomorrow" is not a duration
            wait: { for: all, deadline: tomorrow }
                                        ^
        hint: write a whole number and s, m, h or d: 90s, 15m, 2h, 1d.
      """)
  }

  @Test
  func `what is awaited of an input needs a time, and inputs that are waited for`() throws {
    try expectComplaint(
      about: Self.job + "    wait: { for: any, of: window }\n",
      """
      dovetail.yaml:9:23: error: "of" has nothing to say: with for: any no input is waited for
            wait: { for: any, of: window }
                              ^
        hint: write for: all, or remove of:.
      """)
    try expectComplaint(
      about: Self.job + "    wait: { for: all, of: window }\n",
      """
      dovetail.yaml:9:23: error: of: window needs a time, and the table of the first input has none
            wait: { for: all, of: window }
                              ^
        hint: add time: to the tables, or write of: partition, which is the default.
      """)
    try expectComplaint(
      about: Self.job + "    wait: { for: all, of: year }\n",
      """
      dovetail.yaml:9:27: error: "year" is not a known part of an input
            wait: { for: all, of: year }
                                  ^
        hint: choose partition or window.
      """)
  }

  @Test
  func `an unknown key of wait lists the known ones`() throws {
    try expectComplaint(
      about: Self.job + "    wait: { for: all, patience: 36 h }\n",
      """
      dovetail.yaml:9:23: error: unknown key "patience" in the wait of job j
            wait: { for: all, patience: 36 h }
                              ^
        hint: the wait of job j may have for, of and deadline.
      """)
  }
}
