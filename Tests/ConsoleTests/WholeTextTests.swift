import Cells
import Foundation
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("What a row has no room for is shown in full when the row is selected")
struct WholeTextTests {
  static let sizes = [
    Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 140, rows: 45),
  ]

  private func hasAllWords(_ text: String, of sentence: String) -> Bool {
    sentence.split(separator: " ").allSatisfy { text.contains($0) }
  }

  @Test("every choice can be read", arguments: sizes, [("4", "V"), ("3", "B"), ("3", "s")])
  func choices(_ size: Size, _ keys: (screen: String, key: String)) async throws {
    var session = try await Session(World.control(), size: size)
    session.press(keys.screen, keys.key)
    guard case .choice(let choice)? = session.model.dialog else {
      Issue.record("\(keys.key) asks nothing")
      return
    }
    for item in choice.items {
      #expect(hasAllWords(session.text, of: "\(item.label) \(item.detail)"), "\(session.text)")
      session.press("j")
    }
  }

  @Test("a choice of long names and sentences shows the selected one whole", arguments: sizes)
  func longChoice(_ size: Size) async throws {
    var session = try await Session(World.control(), size: size)
    let sentence = (1...20).map { "word\($0)" }.joined(separator: " ")
    let items = (1...12).map { number in
      Choice.Item(
        label:
          "region=eu-central-1/customer=acme-\(number)/day=2024-05-\(number + 10)/hour=\(number)",
        detail: "\(sentence) end\(number)", action: .sort(nil))
    }
    session.model.dialog = .choice(Choice(title: "Which?", items: items))
    for number in 1...12 {
      #expect(hasAllWords(session.text, of: "\(sentence) end\(number)"), "\(session.text)")
      #expect(session.text.contains("Enter chooses, Esc closes"))
      session.press("j")
    }
  }

  @Test("why a command is disabled can be read, on its key and in the palette", arguments: sizes)
  func refusals(_ size: Size) async throws {
    var world = World.large(3)
    let job = world.jobs[0]
    for (partition, listing) in try #require(world.storage.snapshots["big"]).partitions {
      world.ledger.consume(
        partition, of: job, run: 1, rows: 1, inputs: ["big": listing.version.files])
    }
    var session = try await Session(world, size: size)
    let reason =
      "nothing is pending; to rebuild partitions, show all (.) and mark them (Space) on the pending screen"
    session.press("R")
    #expect(hasAllWords(session.text, of: "Preview a run: \(reason)."), "\(session.text)")
    session.press(":")
    session.type("run")
    #expect(hasAllWords(session.text, of: "Preview a run: \(reason)"), "\(session.text)")
  }

  @Test("a notice of any length ends in view or says that it goes on", arguments: sizes)
  func notices(_ size: Size) async throws {
    var session = try await Session(World.control(), size: size)
    for count in [1, 5, 12, 25] {
      let text = (1...count).map { "word\($0)" }.joined(separator: " ")
      session.model.notice = Notice(kind: .warning, text: text)
      #expect(hasAllWords(session.text, of: text), "\(session.text)")
    }
    session.model.notice = Notice(kind: .failure, text: String(repeating: "word ", count: 500))
    #expect(session.text.contains("…"))
    #expect(session.text.contains("? help"))
  }

  @Test("the selected step of a plan can be read", arguments: sizes)
  func steps(_ size: Size) async throws {
    let world = World.control()
    var session = try await Session(world, size: size)
    try await Fixture.openPreview(&session, world)
    session.press("t")
    for step in session.model.preview.steps {
      #expect(hasAllWords(session.text, of: step), "\(session.text)")
      session.press("j")
    }
  }

  @Test("the preview says what is held and what is wrong, and no zeros", arguments: sizes)
  func apart(_ size: Size) async throws {
    let world = World.control()
    var session = try await Session(world, size: size)
    try await Fixture.openPreview(&session, world)
    let plan = try #require(session.model.plan)
    #expect(!plan.held.isEmpty)
    let text = session.text.split(separator: "\n").dropFirst(3).joined(separator: "\n")
    #expect(text.contains("\(plan.held.count) held, 1 problem"), "\(session.text)")
    #expect(!session.text.contains("0 problems"))
  }
}
