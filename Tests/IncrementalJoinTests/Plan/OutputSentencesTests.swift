import Foundation
import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The sentences about engines and outputs")
struct OutputSentencesTests {
  @Test("an output that is not the one that the ledger knows is told with the ways on")
  func outputLocations() {
    func place(_ path: String) -> OutputPlace { OutputPlace(declared: path, resolved: path) }
    expect(
      PlanError.outputMissing(job: "j", location: "/out", published: 3),
      """
      Job j: 3 partitions are published by the ledger, but /out has no data. Mount the disk, or put \
      `location:` back; if it was deleted on purpose, `dovetail run --job j --adopt` rebuilds all of \
      them.
      """)
    expect(
      PlanError.outputMoved(
        job: "j", from: place("out/j"), to: place("out/k"), published: 3, isTaken: false),
      """
      Job j: its output was published in out/j, and `location:` is out/k now. Put `location: out/j` \
      back; or move the output there: `mv out/j out/k && mv out/.j.dovetail out/.k.dovetail` in the \
      folder of the workspace; or rebuild it there with `dovetail run --job j --adopt`, which leaves \
      the old one as it is.
      """)
    expect(
      PlanError.outputMoved(
        job: "a'b", from: place("j"), to: place("/new place/k"), published: 3, isTaken: true),
      """
      Job a'b: its output was published in j, and `location:` is /new place/k now. Put `location: j` \
      back; or empty /new place/k and move the output there: `mkdir -p '/new place' && \
      mv j '/new place/k' && mv .j.dovetail '/new place/.k.dovetail'` in the folder of the workspace; or \
      rebuild it there with `dovetail run --job 'a'\\''b' --adopt`, which rebuilds every partition \
      whose files there are not the published ones; or take it over as it is with \
      `dovetail adopt --job 'a'\\''b'`, which builds nothing.
      """)
    expect(
      PlanError.outputMoved(job: "j", from: nil, to: place("out/k"), published: 3, isTaken: true),
      """
      Job j: 3 partitions are published by the ledger, but none of their files is in out/k. Put \
      `location:` back, or take out/k over: as it is with `dovetail adopt --job j`, which builds nothing, or \
      with `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones.
      """)
    expect(
      PlanError.otherOwner(job: "j", location: "/out", owner: "k", workspace: nil),
      """
      Job j: /out holds the output of job k. Put `location:` back or choose another one, or take the \
      output over: as it is with `dovetail adopt --job j`, which builds nothing, or with \
      `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones.
      """)
    expect(
      PlanError.otherOwner(job: "j", location: "/out", owner: "j", workspace: "/ws"),
      """
      Job j: /out holds the output of job j by another ledger, that of the workspace /ws. Put \
      `location:` back or choose another one, or take the output over: as it is with \
      `dovetail adopt --job j`, which builds nothing, or with `dovetail run --job j --adopt`, which rebuilds \
      every partition whose files there are not the published ones.
      """)
    expect(
      PlanError.sharedOutput(job: "j", location: "/out", workspace: "/ws"),
      """
      Job j: /out is the output of the workspace /ws, of which this one is a copy. Give the job another \
      location here, or take the output over: as it is with `dovetail adopt --job j`, which builds nothing, \
      or with `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones. The other workspace is refused from then on.
      """)
    expect(
      PlanError.unknownRun(
        job: "j", location: "/out", run: 12, since: Date(timeIntervalSince1970: 1_700_000_000),
        workspace: "/ws"),
      """
      Job j: /out was published last by run 12 of 2023-11-14 22:13:20 UTC, workspace /ws, which this ledger \
      does not know: it is older than the output, as a restored backup is. Put the newer ledger back, or \
      continue from this one: as it is with `dovetail adopt --job j`, which builds nothing, or with \
      `dovetail run --job j --adopt`, which rebuilds every partition whose files there are not the \
      published ones.
      """)
    expect(
      PlanError.damagedMarker(job: "j", path: "/.out.dovetail/owner"),
      """
      Job j: the marker /.out.dovetail/owner is damaged and does not say whose the output is. If it is this \
      job's, remove the marker and run again, which writes it anew; or take the output over: as it is with \
      `dovetail adopt --job j`, which builds nothing, or with `dovetail run --job j --adopt`, which rebuilds \
      every partition whose files there are not the published ones.
      """)
    expect(
      PublishError.linked(path: "/out/k=1"),
      """
      /out/k=1 is a symbolic link, and what it leads to may be somebody else's, so that nothing is \
      written or removed through it. Put the folder itself in its place, then run again.
      """)
  }

  @Test("an engine's error names its place")
  func engines() {
    expect(EngineError.definition("no table x"), "no table x")
    expect(
      EngineError.unreadableFile(path: "/d/a.csv", reason: "line 7 has 3 values"),
      "/d/a.csv cannot be read: line 7 has 3 values. Replace the file; the partition stays pending."
    )
    expect(
      EngineError.schemaMismatch(path: "/d/a.csv", reason: "unknown column b"),
      "/d/a.csv: unknown column b")
    expect(
      EngineError.wrongPartition(partition: "day=1", reason: "a row has day 2"),
      "Partition day=1: a row has day 2")
    expect(EngineError.failed("disk full"), "disk full")
  }

  @Test("an output that cannot be written says who or what is in the way")
  func outputs() {
    let holder = LockHolder(
      user: "ann", host: "h1", process: 42, workspace: "/w",
      since: Date(timeIntervalSince1970: 0))
    expect(
      PublishError.locked(location: "/out", by: holder),
      """
      The output /out is being written by process 42 of ann on h1, workspace /w, \
      since 1970-01-01 00:00:00 UTC. Wait until that run has ended, then run again.
      """)
    expect(
      PublishError.locked(
        location: Location(scheme: "s3", root: "b/out"), by: holder,
        freeAfter: .milliseconds(360_500)),
      """
      The output s3://b/out is being written by process 42 of ann on h1, workspace /w, \
      since 1970-01-01 00:00:00 UTC. Wait until that run has ended, then run again; if it was killed, \
      the output is free in 6 min 1 s, for which `--wait 361` waits.
      """)
    expect(
      PublishError.locked(location: "/out", by: nil),
      """
      The output /out is being written by another process. Wait until that run has ended, \
      then run again.
      """)
    expect(
      PublishError.noSpace(location: "/out", needed: 20, free: 10),
      """
      The file system of /out has 10 B free, but the run needs about 20 B. Free some space, \
      then run again; nothing was changed.
      """)
    expect(
      PublishError.noSpace(
        location: Location(scheme: "s3", root: "b/out"), needed: 20, free: 10),
      """
      The file system of this machine's .dovetail, before the upload to s3://b/out, has 10 B free, but \
      the run needs about 20 B. Free some space, then run again; nothing was changed.
      """)
    expect(
      UndoError.recovered(job: "j", partition: "day=1"),
      """
      A run of job j that was interrupted has published day=1, which the ledger knows only now: this publish \
      would be undone, and not the one before. Nothing was undone; look at it again.
      """)
    #expect(UndoError.recovered(job: "j", partition: "day=1").category == .refused)
    expect(
      PublishError.system(operation: "rename", path: "/out/day=1", reason: "read-only"),
      """
      Cannot rename /out/day=1: read-only. The partition stays as it was and stays pending; \
      put the cause right, then run again.
      """)
    expect(
      PublishError.outputChanged(path: "/out/day=1"),
      """
      /out/day=1 was changed by somebody else during the run. It was left alone and \
      stays pending; run again.
      """)
    expect(
      PublishError.emptyKey(key: "region", partition: "day=1/region="),
      """
      The partition key region of day=1/region= is an empty string, and a table with a folder \
      region= cannot be read by Spark, Hive or Glue. The partition stays pending. Rename the \
      folder of the inputs to region=__HIVE_DEFAULT_PARTITION__ if the value means NULL, or else \
      to a word; or say `types: duckdb` for the output, if only readers such as DuckDB read it.
      """)
  }
}
