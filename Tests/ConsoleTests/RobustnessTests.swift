import Cells
import Console
import Foundation
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("Nothing traps, nothing hostile reaches the screen, nothing is slow")
struct RobustnessTests {
  /// How many events each of the 8 random consoles gets, 70 of 101 of which are keys: few in CI, and so many in
  /// `make soak` that all of them press as many keys as the environment's `KEYS` says.
  private static let steps = max(
    300, (ProcessInfo.processInfo.environment["KEYS"].flatMap { Int($0) } ?? 0) / 8 * 101 / 70)

  @Test("any keys in any size draw a frame of that size", arguments: 0..<8)
  func anything(_ number: UInt64) async throws {
    var random = SeededGenerator(seed: SeededGenerator.chooseSeed(otherwise: 1_000 + number))
    let world = World.story()
    let plan = try await world.plan()
    let statuses = try await world.statuses()
    var session = try await Session(world)
    // What is computed comes at once, or late and about something that is no longer there.
    session.holdsComputations = number % 2 == 1
    for step in 0..<Self.steps {
      if step % 4 == 0 { session.compute() }
      switch Int.random(in: 0..<101, using: &random) {
      case 0..<70: session.send(.input(.key(Self.key(&random))))
      case 70..<78:
        session.send(
          .input(
            .resize(
              Size(
                columns: .random(in: 1...300, using: &random),
                rows: .random(in: 1...100, using: &random)))))
      case 78..<84: session.send(.input(.mouse(Self.mouse(&random))))
      case 84..<86: session.send(.input(.paste("day\n=1\u{1B}[2J")))
      case 86..<90:
        session.send(.loaded(Bool.random(using: &random) ? statuses : [], at: World.now))
      case 90..<94: session.send(.planned(plan))
      case 94..<96:
        session.send(
          .previewed(plan.units[0].partition, SampleRows(columns: [], rows: [[nil, "x"]])))
      case 96..<98: session.send(.runEvent(.planned(plan), at: World.now))
      case 98: session.send(.runEvent(.staging(plan.units[3].partition), at: .distantPast))
      case 99: session.send(.savedPredicates(["a": "day = 1", "b": "x ="]))
      default: session.send(.runEnded)
      }
      let size =
        step % 9 == 0
        ? Size(
          columns: .random(in: 0...300, using: &random), rows: .random(in: 0...100, using: &random))
        : session.model.size
      #expect(view(session.model, size: size).size == size, "seed \(random.seed), step \(step)")
    }
  }

  private static func key(_ random: inout SeededGenerator) -> Key {
    let special: [Key] = [
      .enter, .escape, .tab, .backTab, .backspace, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown, .function(5), .control("f"), .control("b"), .control("u"), .control("w"),
    ]
    let characters = Array("jkhlgGRxycrf/: aEumsvD?][1234567qnetWoUJKbB-_wdpP5555@=1")
    guard Int.random(in: 0..<3, using: &random) > 0 else {
      return special[.random(in: 0..<special.count, using: &random)]
    }
    return .character(characters[.random(in: 0..<characters.count, using: &random)])
  }

  private static func mouse(_ random: inout SeededGenerator) -> MouseEvent {
    let actions: [MouseEvent.Action] = [.press, .doublePress, .release, .wheelUp, .wheelDown]
    return MouseEvent(
      action: actions[.random(in: 0..<actions.count, using: &random)],
      position: Position(
        column: .random(in: -1...300, using: &random), row: .random(in: -1...100, using: &random)),
      count: .random(in: 0...50, using: &random))
  }

  @Test("controls and bidi characters of names never reach a cell", arguments: Screen.allCases)
  func hostile(_ screen: Screen) async throws {
    let evil = "\u{1B}]0;owned\u{7}\u{202E}evil\n\u{9B}31m"
    let keys = [PartitionKey(name: "k\(evil)", type: .string)]
    let partition = Partition(keys: keys, values: [.string(evil)])
    var world = World()
    let table = World.table(evil, keys: keys)
    world.jobs = [World.job(evil, [table], keys: keys)]
    world.list(
      table, [partition: [DataFile(path: evil.exact, size: 1, modified: 5, inode: 1, changed: 1)]],
      problems: [ListingProblem(table: evil, path: evil.exact, kind: .unreadable(reason: evil))])
    world.ledger.unfinished[evil] = [partition]
    world.storage.lockHolder = LockHolder(
      user: evil, host: evil, process: 1, workspace: evil, since: World.now)
    var session = Session(size: Size(columns: 120, rows: 40))
    session.send(.loaded(try await world.statuses(), at: World.now))
    session.send(.demoStep(next: evil))
    session.press("\(screen.rawValue)", "Enter", "j", "Enter")
    session.send(.planFailed(evil))
    session.send(.demoStepDone(title: evil, explanation: evil))
    for frame in [
      session.frame,
      {
        session.press("Enter")
        return session.frame
      }(),
    ] {
      let bad = frame.cells.flatMap(\.text.unicodeScalars).filter {
        $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || (0x202A...0x202E).contains($0.value)
      }
      #expect(bad.isEmpty)
    }
  }

  @Test("nothing hostile reaches a cell of the predicate's parts either")
  func hostilePredicate() async throws {
    let evil = "\u{1B}]0;owned\u{7}\u{202E}evil\u{9B}31m"
    let keys = [PartitionKey(name: "k\(evil)", type: .string)]
    let partition = Partition(keys: keys, values: [.string(evil)])
    var world = World()
    let table = World.table("t", keys: keys)
    world.jobs = [World.job("j", [table], keys: keys)]
    world.list(table, [partition: [World.file(partition, "f", size: 1)]])
    var session = try await Session(world, size: Size(columns: 120, rows: 40))
    session.send(.savedPredicates([evil: "'\(evil)' = \(evil)"]))
    let parts = [
      ["5"], ["t"], ["t", "v"], ["v"], ["v", "v", "v"], ["Enter", "s"], ["B"], ["Esc", "w"],
      ["Esc", "Enter"], ["Enter", "Esc", "o"], ["Enter"], ["Esc", "/"],
    ]
    for keys in parts {
      for key in keys { session.press(key) }
      if keys.last == "w" || keys.last == "/" {
        session.send(.input(.paste("where '\(evil)' = \(evil)")))
      }
      let bad = session.frame.cells.flatMap(\.text.unicodeScalars).filter {
        $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || (0x202A...0x202E).contains($0.value)
      }
      #expect(bad.isEmpty, "\(keys)")
    }
  }

  @Test("a key costs no more with 15,000 partitions than with 150")
  func large() async throws {
    func cost(_ count: Int) async throws -> Duration {
      var session = try await Session(World.large(count))
      session.press("4")
      return processorTime {
        for _ in 0..<40 {
          session.press("PageDown")
          _ = session.frame
        }
      }
    }
    let small = try await cost(150)
    let large = try await cost(15_000)
    // A list that is rebuilt on every key takes a hundred times as long.
    #expect(large < small * 8, "\(large) against \(small)")
  }
}
