import IncrementalJoin
import PartitionPredicate
import Testing

/// What an engine tells about files, jobs and rows without staging anything.
extension Conformance<StoredLines> {
  static var looking: [Conformance] {
    [
      Conformance("the columns of files are found, and a file that is not there passed over") {
        it in
        let (file, gone) = (try await it.file(["x"]), "\(it.folder)/gone.parquet")
        let seen = try await it.engine.columns(ofFiles: [gone, file], of: it.table())
        #expect(seen.columns.map(\.name) == ["line"] && seen.files == [file])
        #expect(seen.columns.allSatisfy { $0.type != nil })
        let (engine, table) = (it.engine, it.table())
        let error = await #expect(throws: EngineError.self) {
          try await engine.columns(ofFiles: [gone], of: table)
        }
        #expect(error.map { "\($0)".exact.contains(text: gone.exact) } == true)
      },
      Conformance("a job is bound without its files, and one that does not fit is refused") { it in
        let inputs = [it.input("a", []), it.input("b", [])]
        let result = try await it.engine.validate(it.join(.inner, inputs))
        #expect(result.columns.map(\.name) == ["line"])
        let other = JoinUnit(
          transformation: .join(type: .inner, on: ["none"], select: nil), inputs: inputs,
          partition: StoredLines.partition(1))
        let engine = it.engine
        let error = await #expect(throws: EngineError.self) { try await engine.validate(other) }
        #expect(error?.category == .usage)
      },
      Conformance("a type is read as itself, and compared with itself") { it in
        let isRead = try await it.engine.reads("VARCHAR", as: "VARCHAR")
        let isCompared = try await it.engine.compares("VARCHAR", with: "VARCHAR")
        #expect(isRead && isCompared)
      },
      Conformance("a preview shows so many of the rows at most, with the output's keys") { it in
        let unit = try await it.join(["x", "y", "z"], [], .left, k: 7)
        for (limit, count) in [(0, 0), (2, 2), (9, 3)] {
          let sample = try await it.engine.preview(unit, limit: limit)
          #expect(sample.columns.map(\.name) == ["line", "k"])
          #expect(sample.rows.count == count && Set(sample.rows).count == count)
          #expect(sample.rows.allSatisfy { [["x", "7"], ["y", "7"], ["z", "7"]].contains($0) })
        }
      },
      Conformance("rows that meet nothing are looked for in other partitions") { it in
        let unit = try await it.join(["here", "one", "two", "none", "one"], ["here"])
        let others = [
          it.input("b", [try await it.file(["one", "one", "two"])], k: 2),
          it.input("b", [try await it.file(["two", "here"])], k: 3),
        ]
        let found = try await it.engine.strays(of: unit, meeting: "b", in: others, sample: 9)
        #expect(found == StraySample(sampled: 3, found: 1))
        let some = try await it.engine.strays(of: unit, meeting: "b", in: others, sample: 2)
        #expect(some.sampled == 2)
      },
    ]
  }

  static var comparing: [Conformance] {
    [
      Conformance("the same rows are the same in any order and any files, and duplicates count") {
        it in
        let whole = [try await it.file(["x", "y", "y"])]
        let parts = [try await it.file(["y", "x"]), try await it.file(["y"])]
        let fewer = [try await it.file(["x", "y"])]
        let others = [try await it.file(["x", "x", "y"])]
        #expect(try await it.engine.hasSameRows(whole, as: parts))
        #expect(try await it.engine.hasSameRows(parts, as: whole))
        for files in [fewer, others] {
          #expect(try await !it.engine.hasSameRows(whole, as: files))
          #expect(try await !it.engine.hasSameRows(files, as: whole))
        }
      },
      Conformance("a difference counts what came, went and stayed, and shows some of it") { it in
        let old = [try await it.file(["same", "same", "old", "old"])]
        let new = [try await it.file(["same", "same", "same"]), try await it.file(["new"])]
        let difference = try await it.engine.difference(from: old, to: new, key: [], samples: 1)
        #expect(difference.key.isEmpty && difference.columns == ["line"])
        #expect((difference.added, difference.removed) == (2, 2))
        #expect((difference.changed, difference.same) == (0, 2))
        #expect(
          difference.samples == [
            RowDifference.Row(kind: .added, before: [], after: ["new"]),
            RowDifference.Row(kind: .removed, before: ["old"], after: []),
          ])
        let gone = try await it.engine.difference(from: old, to: [], key: [], samples: 0)
        #expect((gone.added, gone.removed, gone.same) == (0, 4, 0) && gone.samples.isEmpty)
        #expect(try await it.engine.difference(from: new, to: new, key: [], samples: 9).isEmpty)
      },
      Conformance("a digest is of the rows, and not of their order or their files") { it in
        func digest(_ files: [[String]]) async throws -> String {
          var paths: [String] = []
          for lines in files { paths.append(try await it.file(lines)) }
          return try await it.engine.rowDigest(of: it.input("a", paths))
        }
        let whole = try await digest([["x", "y", "y"]])
        #expect(try await digest([["y"], ["y", "x"]]) == whole)
        #expect(try await digest([["x", "y"]]) != whole)
        #expect(try await digest([["x", "x", "y"]]) != whole)
        #expect(try await digest([["xy", "y"]]) != whole)
      },
      Conformance("a digest of several partitions tells of which one each row is") { it in
        let keys = [PartitionKey(name: "hour", type: .int)]
        func digest(_ partitions: [[[String]]]) async throws -> String {
          var members: [JoinUnit.Input.Member] = []
          for (hour, files) in partitions.enumerated() {
            var paths: [String] = []
            for lines in files { paths.append(try await it.file(lines)) }
            members.append(
              .init(
                partition: Partition(keys: keys, values: [.integer(Int64(hour))]), files: paths))
          }
          return try await it.engine.rowDigest(
            of: JoinUnit.Input(
              name: "a", format: .parquet, columns: [Column(name: "line", type: "VARCHAR")],
              keys: keys, members: members))
        }
        let whole = try await digest([[["x", "y"]], [["z"]]])
        #expect(try await digest([[["y"], ["x"]], [["z"]]]) == whole)
        #expect(try await digest([[["x"]], [["y", "z"]]]) != whole)
        #expect(try await digest([[["z"]], [["x", "y"]]]) != whole)
        #expect(try await digest([[["x", "y", "z"]]]) != whole)
      },
    ]
  }
}
