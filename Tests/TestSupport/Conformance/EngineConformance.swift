import IncrementalJoin
import PartitionPredicate
import Testing

/// What a check throws where a unit begins.
private struct Refusal: Error {}

extension Conformance<StoredLines> {
  /// What every engine does.
  public static var engine: [Conformance] { joining + batches + looking + comparing + cancelling }

  private static var joining: [Conformance] {
    [
      Conformance("each type of join gives exactly its rows, as often as they meet") { it in
        let left = ["both", "é", "left", "left", "twice", "twice"]
        let right = ["both", "e\u{301}", "right", "twice", "twice", "twice"]
        let met = ["both"] + Array(repeating: "twice", count: 6)
        for (type, others) in [
          (.inner, []), (.left, ["left", "left", "é"]), (.right, ["e\u{301}", "right"]),
          (.full, ["left", "left", "é", "e\u{301}", "right"]),
        ] as [(JoinType, [String])] {
          let lines = try await it.lines(of: it.join(left, right, type))
          #expect(lines.map(\.exact) == (met + others).map(\.exact).sorted(), "\(type)")
        }
      },
      Conformance("an input without files is one without rows") { it in
        let some = it.input("b", [try await it.file(["x"])])
        for (type, lines) in [(.inner, []), (.left, []), (.right, ["x"]), (.full, ["x"])]
          as [(JoinType, [String])]
        {
          #expect(try await it.lines(of: it.join(type, [it.input("a", []), some])) == lines)
        }
      },
      Conformance("an input of several files and partitions is read as a whole") { it in
        let hour = [PartitionKey(name: "hour", type: .int)]
        var members: [JoinUnit.Input.Member] = []
        for (index, lines) in [["x", "y"], ["y"], []].enumerated() {
          members.append(
            .init(
              partition: Partition(keys: hour, values: [.integer(Int64(index))]),
              files: lines.isEmpty ? [] : [try await it.file(lines), try await it.file(["z"])]))
        }
        let left = JoinUnit.Input(
          name: "a", format: .parquet, columns: [Column(name: "line", type: "VARCHAR")],
          keys: hour, members: members)
        let right = it.input("b", [try await it.file(["x", "y"]), try await it.file(["z"])])
        let unit = it.join(.inner, [left, right])
        #expect(try await it.lines(of: unit) == ["x", "y", "y", "z", "z"])
        #expect(try await it.engine.matches(of: unit).map(\.leftRows) == [5])
      },
      Conformance("where the join is empty nothing is written") { it in
        let outcome = try await it.stage([it.join(["x"], ["y"])])[0]
        #expect(try await it.lines(of: outcome) == [])
        #expect(try it.files(outcome.folder) == [])
      },
    ]
  }

  private static var batches: [Conformance] {
    [
      Conformance("rows of different partitions never meet in a batch") { it in
        let units = [
          try await it.join(["x", "1"], ["1", "y"], k: 1),
          try await it.join(["y", "2"], ["2", "x"], k: 2),
          try await it.join(["x"], ["y"], .full, k: 3),
        ]
        let outcomes = try await it.stage(units)
        for (outcome, lines) in zip(outcomes, [["1"], ["2"], ["x", "y"]]) {
          #expect(try await it.lines(of: outcome) == lines)
        }
      },
      Conformance("a batch of none, and one of many, give each unit's result once") { it in
        #expect(try await it.stage([]).isEmpty)
        var units: [JoinUnit] = []
        for key in 1...40 as ClosedRange<Int64> {
          units.append(try await it.join(["\(key)"], ["\(key)", "x"], k: key))
        }
        for (key, outcome) in zip(1..., try await it.stage(units)) {
          #expect(try await it.lines(of: outcome) == ["\(key)"])
        }
      },
      Conformance("a file that several units read is read for each of them") { it in
        let file = try await it.file(["x"])
        let units = (1...5 as ClosedRange<Int64>).map { key in
          it.join(.inner, [it.input("a", [file], k: key), it.input("b", [file], k: key)], k: key)
        }
        for outcome in try await it.stage(units) {
          #expect(try await it.lines(of: outcome) == ["x"])
        }
      },
      Conformance("a unit that fails names its file, and leaves the others alone") { it in
        var units: [JoinUnit] = []
        for key in 1...9 as ClosedRange<Int64> {
          units.append(try await it.join(["\(key)"], ["\(key)"], k: key))
        }
        let gone = "\(it.folder)/in/gone.parquet"
        units[4] = it.join(.inner, [units[4].inputs[0], it.input("b", [gone], k: 5)], k: 5)
        for (index, outcome) in try await it.stage(units).enumerated() {
          guard index == 4 else {
            #expect(try await it.lines(of: outcome) == ["\(index + 1)"])
            continue
          }
          #expect(outcome.begun == 1 && outcome.results.count == 1)
          let error = #expect(throws: EngineError.self) { try outcome.results[0].get() }
          guard case .unreadableFile(let path, _) = error, path.exact == gone.exact else {
            Issue.record("\(String(describing: error)) does not name the file")
            continue
          }
          #expect(try it.files(outcome.folder) == [])
        }
      },
      Conformance("what is thrown where a unit begins is its result, and its files are not read") {
        it in
        let gone = it.join(
          .inner, [it.input("a", ["\(it.folder)/gone.parquet"]), it.input("b", [])])
        let good = try await it.join(["x"], ["x"])
        let outcomes = try await it.stage([gone, good, gone]) { index in
          if index != 1 { throw Refusal() }
        }
        #expect(try await it.lines(of: outcomes[1]) == ["x"])
        for outcome in [outcomes[0], outcomes[2]] {
          #expect(outcome.begun == 1 && outcome.results.count == 1)
          #expect(throws: Refusal.self) { try outcome.results[0].get() }
        }
      },
      Conformance("matches counted beside staging are those that are counted alone") { it in
        let units = [
          try await it.join(["x", "x", "y", "z"], ["x", "x", "x", "z", "w"], .left, k: 1),
          try await it.join(["x"], ["y"], .left, k: 2),
        ]
        let expected = [
          InputMatch(
            left: "a", right: "b", leftRows: 4, rightRows: 5, leftMatched: 3, rightMatched: 4,
            pairs: 7, fanOut: 3),
          InputMatch(
            left: "a", right: "b", leftRows: 1, rightRows: 1, leftMatched: 0, rightMatched: 0,
            pairs: 0, fanOut: 0),
        ]
        let outcomes = try await it.stage(units, countsMatches: true)
        for (index, unit) in units.enumerated() {
          let counted = try outcomes[index].results[0].get()
          #expect(counted.matches == [expected[index]])
          #expect(try await it.engine.matches(of: unit) == [expected[index]])
        }
        for outcome in try await it.stage(units) {
          let account = try outcome.results[0].get()
          #expect(account.matches == [])
        }
      },
    ]
  }

  private static var cancelling: [Conformance] {
    [
      Conformance("a cancelled batch ends, and what is not finished has left nothing") { it in
        var units: [JoinUnit] = []
        for key in 1...12 as ClosedRange<Int64> {
          units.append(try await it.join(["x"], ["x"], k: key))
        }
        let batch = Batch(
          units.map { StoredLines.Outcome(folder: "\(it.folder)/c\($0.partition)") })
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let task = Task { [units] in
          try await it.stage(units, as: batch) { _ in
            beginning.yield()
            // Ends when the task is cancelled, and not before.
            for await _ in AsyncStream.makeStream(of: Never.self).stream {}
          }
        }
        for await _ in begun { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(batch.outcomes.contains { $0.begun == 0 })
        for outcome in batch.outcomes {
          #expect(outcome.begun <= 1 && outcome.results.count <= outcome.begun)
          if outcome.results.isEmpty { #expect(try it.files(outcome.folder) == []) }
        }
      },
      Conformance("every call ends when its task is cancelled") { it in
        let unit = try await it.join(["x"], ["x"])
        let (engine, files, table) = (it.engine, unit.inputs[0].files, it.table())
        let calls: [@Sendable () async throws -> Void] = [
          { _ = try await engine.columns(ofFiles: files, of: table) },
          { _ = try await engine.validate(unit) }, { _ = try await engine.matches(of: unit) },
          { _ = try await engine.preview(unit, limit: 1) },
          { _ = try await engine.hasSameRows(files, as: files) },
          { _ = try await engine.difference(from: files, to: files, key: [], samples: 1) },
          { _ = try await engine.rowDigest(of: unit.inputs[0]) },
          {
            let outcome = try await it.stage([unit])[0]
            Issue.record("a cancelled batch has begun \(outcome.begun) units")
          },
        ]
        for call in calls {
          let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await call()
          }
          await #expect(throws: CancellationError.self) { try await task.value }
        }
      },
    ]
  }
}
