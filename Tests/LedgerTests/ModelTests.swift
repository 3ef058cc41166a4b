import IncrementalJoin
import Ledger
import PartitionPredicate
import TestSupport
import Testing

/// What a ledger says, kept in dictionaries.
private struct Model {
  var positions: [Partition: Position] = [:]
  var lineages: [Partition: Lineage] = [:]
  var open: [Partition: PreparedPublish] = [:]
  var units: [RunID: [Partition: WorkUnitState]] = [:]
  var run: RunID?

  mutating func commit(_ publish: PreparedPublish) {
    open[publish.partition] = nil
    if let position = publish.committedPosition { positions[publish.partition] = position }
    lineages[publish.partition] = publish.lineage
    units[publish.run, default: [:]][publish.partition] = publish.state
  }
}

struct ModelTests {
  @Test("random histories agree with a model, through crashes and reopening", arguments: 0..<4)
  func randomHistories(round: Int) throws {
    var random = SeededGenerator()
    let folder = try TemporaryFolder()
    var ledger = try Ledger(path: folder.ledger)
    var model = Model()
    let partitions = (1...5).map { Partition("day=\($0)") }

    for step in 0..<120 {
      let chosen = partitions.filter { _ in Bool.random(using: &random) }
      let open = chosen.compactMap { model.open[$0] }
      switch Int.random(in: 0..<10, using: &random) {
      case 0:
        model.run = try ledger.begin()
      case 1:
        ledger = try Ledger(path: folder.ledger)
      case 2...5:
        guard let run = model.run else { continue }
        let publishes = chosen.map {
          publish(
            $0, run: run, content: Int.random(in: 1...3, using: &random),
            rows: Int64.random(in: 0...2, using: &random),
            isPaused: Int.random(in: 0..<4, using: &random) == 0)
        }
        if let refused = publishes.first(where: { model.open[$0.partition] != nil }) {
          let earlier = try #require(model.open[refused.partition])
          #expect(
            throws: LedgerError.unfinished(run: earlier.run, partition: refused.partition.path)
          ) {
            try ledger.prepare(publishes)
          }
        } else {
          try ledger.prepare(publishes)
          for publish in publishes { model.open[publish.partition] = publish }
        }
      case 6...7:
        try ledger.commit(open)
        for publish in open { model.commit(publish) }
      case 8:
        try ledger.rollBack(open)
        for publish in open { model.open[publish.partition] = nil }
      default:
        guard let closed = partitions.first(where: { model.open[$0] == nil }),
          let run = model.run
        else { continue }
        #expect(throws: LedgerError.notPrepared(run: run, partition: closed.path)) {
          try ledger.commit(open + [publish(closed, run: run)])
        }
      }
      let context: Comment = "seed \(random.seed), step \(step)"
      #expect(try ledger.positions(job: "joined") == model.positions, context)
      #expect(try ledger.lineages(job: "joined") == model.lineages, context)
      #expect(
        try ledger.unfinishedPublishes(job: "joined")
          == model.open.values.sorted { $0.partition < $1.partition }, context)
    }
    for (run, units) in model.units {
      #expect(
        Dictionary(
          uniqueKeysWithValues: try ledger.workUnits(run: run).map { ($0.partition, $0.state) })
          == units, "seed \(random.seed), run \(run)")
    }
  }
}
