import IncrementalJoin
import PartitionPredicate
import Testing

/// The version of several days that are read together.
private func together(_ days: ClosedRange<Int>, content: Int = 1) -> PartitionVersion {
  PartitionVersion(
    members: days.map {
      PartitionVersion.Member(path: "day=\($0)", version: version("day=\($0)/in", content))
    })
}

private func publish(
  _ partition: Partition, _ run: RunID, reading input: PartitionVersion,
  undone: UndoneBuild<PartitionVersion>? = nil
) -> PreparedPublish {
  PreparedPublish(
    run: run, partition: partition, action: nil, state: .unchanged, definition: "definition",
    inputs: ["flights": input],
    position: PositionMove(
      partition: partition, definition: "definition", inputs: ["flights": input], undone: undone),
    content: nil, rows: 1, bytes: 1, reason: "flights: 1 added",
    rowDigests: ["flights": "rows of \(input.members.count)"])
}

extension LedgerConformance {
  static let readTogether = Self("partitions that are read together are one version of an input") {
    ledger in
    let (early, late) = (together(1...2), together(2...4))
    let run = try ledger.begin()
    let undone = UndoneBuild(run: run, inputs: ["flights": together(1...3)])
    let publishes = [
      publish(first, run, reading: early), publish(second, run, reading: late, undone: undone),
    ]
    try ledger.keep(publishes)
    #expect(try ledger.staged(run: run) == publishes)
    try ledger.prepare(publishes)
    #expect(try ledger.unfinishedPublishes(job: "joined") == publishes)
    try ledger.commit(publishes)
    let positions = try ledger.positions(job: "joined")
    #expect(positions[first]?.inputs == ["flights": VersionReference(early)])
    #expect(positions[second]?.inputs == ["flights": VersionReference(late)])
    #expect(positions[second]?.undone?.inputs == ["flights": VersionReference(together(1...3))])
    #expect(
      try ledger.lineages(job: "joined")[second]?.inputs == ["flights": VersionReference(late)])
    let alone = try #require(late.members.first).version
    let references = [early, late, alone].map { VersionReference($0) }
    let files = try ledger.files(of: references)
    #expect(references.map { files[$0] } == [early.files, late.files, alone.files])
    #expect(
      try ledger.rowDigests(of: references)
        == [references[0]: "rows of 2", references[1]: "rows of 3"])
    func users(_ day: Int) throws -> Set<Partition> {
      let uses = try ledger.uses(ofFile: "day=\(day)/in/f.parquet", job: "joined")
      #expect(uses.allSatisfy { $0.input == "flights" && $0.run == run && $0.isPublished })
      return Set(uses.map(\.partition))
    }
    #expect(try (1...5).map(users) == [[first], [first, second], [second], [second], []])
    let copy = together(1...2, content: 2)
    try ledger.confirm([references[0]: copy])
    #expect(try ledger.sameContent(as: references) == [references[0]: [VersionReference(copy)]])
  }

  static let memberDigests = Self(
    "a digest that is learned of a member is known wherever it is read"
  ) {
    ledger in
    let whole = together(1...2)
    let unread = PartitionVersion(
      members: whole.members.map { member in
        PartitionVersion.Member(
          path: member.path,
          version: PartitionVersion(
            files: member.version.files.map {
              DataFile(path: $0.path, size: $0.size, modified: $0.modified)
            }))
      })
    try ledger.build { [publish(first, $0, reading: unread)] }
    func digests() throws -> [String?] {
      try ledger.files(of: [VersionReference(whole)])[VersionReference(whole)]?.map(\.digest) ?? []
    }
    #expect(try digests() == [nil, nil])
    let member = whole.members[1].version
    try ledger.build { [publish(second, $0, reading: member)] }
    #expect(try digests() == [nil, member.files[0].digest])
    try ledger.build { [publish(first, $0, reading: whole)] }
    #expect(try digests() == whole.files.map(\.digest))
  }
}
