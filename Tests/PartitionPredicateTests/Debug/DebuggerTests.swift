import Testing

@testable import PartitionPredicate

@Suite("The predicate debugger")
struct DebuggerTests {
  let text = "(month = 1 AND day = 31) OR (month = 2 AND day IN (1, 2))"

  @Test("step goes into every clause and shows operands, results and what was never looked at")
  func step() throws {
    var debugger = try Fixture.debugger(text, [Fixture.partition(2, 1)])
    #expect(debugger.place == "1:\(text)")
    #expect(debugger.stop == .start)
    #expect(debugger.after { $0.step() } == "2:month = 1 AND day = 31")
    #expect(debugger.after { $0.step() } == "3=FALSE")
    #expect(debugger.current.operands == [.integer(2), .integer(1)])
    #expect(debugger.stack == [3, 2, 1])
    #expect(debugger.after { $0.step() } == "2=FALSE")
    #expect(debugger.current.skipped == 1)
    #expect(debugger.value(of: 4) == nil)
    #expect(debugger.after { $0.step() } == "5:month = 2 AND day IN (1, 2)")
    #expect(debugger.after { $0.step() } == "6=TRUE")
    #expect(debugger.after { $0.step() } == "7=TRUE")
    #expect(debugger.after { $0.step() } == "5=TRUE")
    #expect(debugger.stop == .step)
    #expect(debugger.after { $0.step() } == "1=TRUE")
    #expect(debugger.stop == .end)
    #expect(debugger.trace.truth == .isTrue)
    #expect(debugger.after { $0.step() } == "1=TRUE")
    #expect(debugger.stop == .nothingMore)
  }

  @Test("next goes over a clause, finish goes out of it")
  func over() throws {
    var debugger = try Fixture.debugger(text, [Fixture.partition(2, 1)])
    debugger.step()
    #expect(debugger.after { $0.next() } == "2=FALSE")
    #expect(debugger.after { $0.next() } == "5:month = 2 AND day IN (1, 2)")
    #expect(debugger.after { $0.step() } == "6=TRUE")
    #expect(debugger.after { $0.finish() } == "5=TRUE")
    #expect(debugger.after { $0.finish() } == "1=TRUE")
    debugger.restart()
    #expect(debugger.after { $0.next() } == "1=TRUE")
  }

  @Test("every step can be undone, and going on again passes the same steps")
  func back() throws {
    var debugger = try Fixture.debugger(text, [Fixture.partition(1, 30)])
    var forwards = [debugger.place]
    while !debugger.isAtEnd { forwards.append(debugger.after { $0.step() }) }
    var backwards = [debugger.place]
    while debugger.position > 0 { backwards.append(debugger.after { $0.stepBack() }) }
    #expect(backwards == forwards.reversed())
    #expect(debugger.value(of: 3) == nil)
    debugger.stepBack()
    #expect(debugger.stop == .nothingMore)
  }

  @Test("continue stops at a breakpoint on a clause, back-continue returns to it")
  func clauseBreakpoint() throws {
    var debugger = try Fixture.debugger(text, [Fixture.partition(2, 9), Fixture.partition(1, 31)])
    debugger.addBreakpoint(at: 5)
    #expect(debugger.after { $0.resume() } == "5:month = 2 AND day IN (1, 2)")
    #expect(debugger.stop == .breakpoint(1))
    #expect(debugger.after { $0.resume() } == "1=FALSE")
    #expect(debugger.stop == .end)
    #expect(debugger.after { $0.resumeBack() } == "5:month = 2 AND day IN (1, 2)")
    #expect(debugger.after { $0.resumeBack() } == "1:\(text)")
    debugger.resumeBack()
    #expect(debugger.stop == .nothingMore)
    // The second partition never comes to clause 5.
    debugger.resume()
    debugger.resume()
    #expect(debugger.after { $0.resume() } == "1=TRUE")
    #expect(debugger.partition == Fixture.partition(1, 31))
    #expect(debugger.after { $0.resumeBack() } == "1:\(text)")
    #expect(debugger.after { $0.resumeBack() } == "1=FALSE")
    #expect(debugger.partition == Fixture.partition(2, 9))
  }

  @Test("a breakpoint on a result stops where a clause becomes FALSE or NULL")
  func resultBreakpoint() throws {
    var debugger = try Fixture.debugger(
      text, [Fixture.partition(1, 31), Fixture.partition(nil, 2), Fixture.partition(2, 3)])
    debugger.addBreakpoint(where: .isNull)
    debugger.addBreakpoint(at: 7, where: .isFalse)
    #expect(debugger.after { $0.resume() } == "1=TRUE")
    #expect(debugger.after { $0.resume() } == "3=NULL")
    #expect(debugger.stop == .breakpoint(1))
    #expect(debugger.partition == Fixture.partition(nil, 2))
    #expect(debugger.after { $0.resume() } == "6=NULL")
    debugger.removeBreakpoint(1)
    #expect(debugger.after { $0.resume() } == "1=NULL")
    #expect(debugger.after { $0.resume() } == "7=FALSE")
    #expect(debugger.stop == .breakpoint(2))
  }

  @Test("a breakpoint on partitions stops at their first step, and passes the others")
  func partitionBreakpoint() throws {
    var debugger = try Fixture.debugger(
      text, (1...31).map { Fixture.partition(1, $0) })
    let filter = try PushdownPredicate("day >= 30", keys: Fixture.keys, today: 0)
    debugger.addBreakpoint(for: (filter, "day >= 30"))
    #expect(debugger.breakpoints.map(\.description) == ["1: at the first step, if day >= 30"])
    debugger.resume()
    #expect(debugger.stop == .end)
    #expect(debugger.after { $0.resume() } == "1:\(text)")
    #expect(debugger.partition == Fixture.partition(1, 30))
    #expect(debugger.stop == .breakpoint(1))
  }

  @Test("continue without a breakpoint goes from partition to partition, to the last")
  func partitions() throws {
    var debugger = try Fixture.debugger(text, [Fixture.partition(1, 31), Fixture.partition(3, 1)])
    #expect(debugger.after { $0.resume() } == "1=TRUE")
    #expect(debugger.after { $0.resume() } == "1=FALSE")
    #expect(debugger.partition == Fixture.partition(3, 1))
    debugger.resume()
    #expect(debugger.stop == .nothingMore)
  }

  @Test("a long search for a breakpoint pauses, and goes on when asked")
  func pause() throws {
    let count = PredicateDebugger.partitionsWithoutPause
    var debugger = try Fixture.debugger(
      "day = 0", (0...Int64(count) + 5).map { Fixture.partition(1, $0 + 1) })
    debugger.addBreakpoint(where: .isTrue)
    // The only step is the end of the first partition.
    debugger.resume()
    #expect(debugger.stop == .pause(partitions: count))
    #expect(debugger.partitionIndex == count)
    debugger.resume()
    #expect(debugger.stop == .end)
    #expect(debugger.partitionIndex == count + 5)
  }

  @Test("running to a clause stops at it, or at the end when it is never looked at")
  func runTo() throws {
    var debugger = try Fixture.debugger(text, [Fixture.partition(1, 31), Fixture.partition(2, 1)])
    #expect(debugger.after { $0.run(to: 4) } == "4=TRUE")
    #expect(debugger.after { $0.run(to: 6) } == "1=TRUE")
    debugger.go(to: 1)
    #expect(debugger.after { $0.run(to: 7) } == "7=TRUE")
  }

  @Test("watches are values of expressions for the current partition")
  func watches() throws {
    var debugger = try Fixture.debugger(
      text, [Fixture.partition(1, 31), Fixture.partition(nil, 31)])
    for text in ["month = 1", "month = 1", "day"] {
      debugger.watch(try PredicateWatch(text, keys: Fixture.keys, today: 0))
    }
    #expect(debugger.watches.map(\.text) == ["month = 1", "day"])
    #expect(debugger.watches.map { debugger.value(of: $0.node) } == [.boolean(true), .integer(31)])
    debugger.go(to: 1)
    #expect(debugger.watches.map { debugger.value(of: $0.node) } == [.null, .integer(31)])
    debugger.removeWatch(0)
    #expect(debugger.watches.map(\.text) == ["day"])
  }

  @Test("what the trace says is what the evaluator says, for every partition and clause")
  func agreement() throws {
    let texts = [
      text, "NOT (month = 1 OR day > 2)", "month IS NULL AND (day = 1 OR NULL)",
      "month BETWEEN 1 AND day OR NOT day IN (1, NULL)",
    ]
    for text in texts {
      let outline = try Fixture.outline(text)
      let evaluator = PredicateEvaluator(outline.predicate)
      for month in [nil, 1, 2, 3] as [Int64?] {
        for day in [nil, 1, 2, 31] as [Int64?] {
          let partition = Fixture.partition(month, day)
          let trace = PredicateTrace(outline, evaluator, partition)
          #expect(trace.truth == evaluator.truth(partition.values), "\(text) for \(partition)")
          for (number, value) in trace.values() {
            #expect(value == evaluator.value(of: outline[number].node, partition.values))
          }
        }
      }
    }
  }
}
