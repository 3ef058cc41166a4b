import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The sentences about plans")
struct PlanSentencesTests {
  @Test("a plan that cannot be made or run says why and what to do")
  func plans() throws {
    let problem = ListingProblem(table: "t", path: "/d", kind: .locationMissing)
    expect(PlanError.listing(problem), problem.description)
    expect(
      PlanError.definition(job: "j", reason: "no column \"a\""),
      "Job j does not fit its inputs: no column \"a\"")
    expect(
      LookupError.partition("day=9", of: "j", near: ["day=1", "day=2"]),
      """
      Job j has no partition day=9: no input has it and it was never built. \
      Known are, for example: day=1, day=2. `dovetail bookmarks --partitions --job j` lists them \
      all.
      """)
    expect(
      LookupError.partition("day=9", of: "j", near: []),
      """
      Job j has no partition day=9: no input has it and it was never built. No partition is known \
      yet; `dovetail tables` shows what has landed.
      """)
    expect(
      PlanError.outOfDate(expected: "abc", actual: "def", changes: []),
      """
      The plan abc is out of date: the inputs or the definition changed since, and the plan \
      would now be def. Look at it with `dovetail plan`, then run it. A plan runs only with the \
      options it was made with.
      """)
    expect(
      PlanError.outOfDate(
        expected: "abc", actual: "def",
        changes: (1...7).map { "day=\($0): files of w changed" }),
      """
      The plan abc is out of date: the inputs or the definition changed since, and the plan \
      would now be def (day=1: files of w changed; day=2: files of w changed; day=3: files of w \
      changed; day=4: files of w changed; day=5: files of w changed; and 2 more). Look at it with \
      `dovetail plan`, then run it. A plan runs only with the options it was made with.
      """)
    expect(
      PlanError.ceiling(
        job: "j", limit: "max_partitions", planned: "3 partitions", allowed: "2"),
      """
      Job j: the run would take 3 partitions, and max_partitions in dovetail.yaml allows 2. \
      Limit it with --max-partitions or --max-bytes, or allow it with --exceed-limits.
      """)
    expect(
      PlanError.boundTooSmall(job: "j", partition: "day=1", bytes: 900, bound: 100),
      """
      Job j: the first partition, day=1, alone reads 900 bytes, more than --max-bytes 100. \
      Allow more, or choose other partitions with --where.
      """)
    expect(
      PlanError.sourceChanged(
        job: "j", input: "w", differences: ["location was data/w and is data/v"]),
      """
      Job j: the table declaration of input w has changed since its bookmark was taken: \
      location was data/w and is data/v. If it was a mistake, put dovetail.yaml back. If it is \
      the same data, run with --accept-source. If it is other data, start over with `dovetail \
      bookmarks reset --input w`.
      """)
    expect(
      PlanError.lost(job: "j", try Self.loss(3, of: 8), limit: 0.29),
      """
      Job j: the input w has lost 3 of its 8 partitions, more than the limit of 29 %: day=1 and 2 more \
      have no data file left in /data/w. Nothing was changed. If they were really deleted, run again with \
      --allow-removals.
      """)
    expect(
      PlanError.lost(job: "j", try Self.loss(1, of: 2), limit: 0.25),
      """
      Job j: the input w has lost 1 of its 2 partitions, more than the limit of 25 %: day=1 has no data \
      file left in /data/w. Nothing was changed. If they were really deleted, run again with \
      --allow-removals.
      """)
    expect(
      PlanError.emptied(job: "j", input: "w", location: "/data/w"),
      """
      Job j: the input w has no data file left in /data/w. If it was really emptied (and not \
      merely unmounted), run again with --allow-removals.
      """)
    expect(
      PlanError.notOurs(job: "j", location: "/out"),
      """
      Job j: the output /out has data that no run of this workspace wrote. Empty it, choose \
      another location, adopt what is there with `dovetail adopt --job j`, which builds nothing, or adopt \
      it and build what is pending with --adopt.
      """)
  }

  @Test("numbers are grouped, one is singular, and a share has a decimal where it needs one")
  func quantities() throws {
    expect(
      PlanError.lost(job: "j", try Self.loss(1_300, of: 9_000), limit: 0.125),
      """
      Job j: the input w has lost 1,300 of its 9,000 partitions, more than the limit of 12.5 %: day=1 and \
      1,299 more have no data file left in /data/w. Nothing was changed. If they were really deleted, run \
      again with --allow-removals.
      """)
    expect(
      PlanError.boundTooSmall(job: "j", partition: "day=1", bytes: 1_900, bound: 100),
      """
      Job j: the first partition, day=1, alone reads 1,900 bytes, more than --max-bytes 100. \
      Allow more, or choose other partitions with --where.
      """)
    expect(
      PlanError.outputMissing(job: "j", location: "/out", published: 1),
      """
      Job j: 1 partition is published by the ledger, but /out has no data. Mount the disk, or put \
      `location:` back; if it was deleted on purpose, `dovetail run --job j --adopt` rebuilds it.
      """)
    #expect(
      RemovalCount(earlier: 1_000, new: 234, published: 4_000, limit: 0.25).description
        == "1,234 of 4,000 published partitions would be gone, 1,000 of them since the last 10 runs began, more "
        + "than the limit of 25 %")
  }

  @Test("refusals are those that an option or a new look can overcome")
  func refusals() throws {
    let problem = ListingProblem(table: "t", path: "/d", kind: .locationMissing)
    #expect(PlanError.outOfDate(expected: "a", actual: "b", changes: []).category == .refused)
    #expect(PlanError.lost(job: "j", try Self.loss(1, of: 1), limit: 0).category == .refused)
    #expect(PlanError.emptied(job: "j", input: "i", location: "/l").category == .refused)
    #expect(PlanError.notOurs(job: "j", location: "/l").category == .refused)
    #expect(PlanError.listing(problem).category == .failed)
    #expect(PlanError.definition(job: "j", reason: "r").category == .usage)
    #expect(LookupError.partition("p", of: "j", near: []).category == .usage)
  }

  private static func loss(_ lost: Int, of consumed: Int) throws -> InputLoss {
    InputLoss(
      input: "w", location: "/data/w",
      example: try Partition(path: "day=1", keys: [PartitionKey(name: "day", type: .int)]),
      lost: lost, consumed: consumed)
  }
}
