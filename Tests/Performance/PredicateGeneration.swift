import Foundation
import IncrementalJoin
import PartitionPredicate

/// Writes the predicate that loads many pending partitions: plain, compact, and compact among the known.
struct PredicateGeneration {
  private enum Form: CaseIterable {
    case plain
    case compact
    case compactAmongKnown

    var title: String {
      switch self {
      case .plain: "plain, term by term"
      case .compact: "compact"
      case .compactAmongKnown: "compact among the known"
      }
    }
  }

  private struct Row: Hashable {
    let choice: KnownPartitions.Choice
    let form: Form
  }

  private let known: KnownPartitions
  private let rows: [KnownPartitions.Choice: [Int]]
  private var lengths: [Row: Int] = [:]
  private var timings = Timings<Row>()

  /// Chooses the pending partitions, so many for every choice.
  init(_ known: KnownPartitions, pending count: Int) {
    self.known = known
    rows = Dictionary(
      uniqueKeysWithValues: KnownPartitions.Choice.allCases.map { choice in
        (choice, known.choose(count, choice))
      })
  }

  /// Every row once, in turn; nothing is counted when the texts are checked.
  mutating func repeatOnce(checking: Bool) throws {
    for choice in KnownPartitions.Choice.allCases {
      let rows = rows[choice] ?? []
      let pending = known.partitions(at: rows)
      for form in Form.allCases {
        let made = try Timed { try text(form, pending) }
        let row = Row(choice: choice, form: form)
        lengths[row] = made.value.utf8.count
        guard checking else {
          timings.add(made.time, to: row)
          continue
        }
        let read = try PushdownPredicate(made.value, keys: KnownPartitions.keys, today: 0)
        guard known.table.select(read).elementsEqual(rows) else {
          throw BenchError("The predicate \(made.value.prefix(200)) selects other partitions.")
        }
      }
    }
  }

  private func text(_ form: Form, _ pending: [Partition]) throws -> String {
    let keys = KnownPartitions.keys
    return switch form {
    case .plain: try PlainPrinter().text(.plain(pending, keys: keys))
    case .compact: SparkPrinter().text(.compact(pending, keys: keys))
    case .compactAmongKnown:
      SparkPrinter().text(.compact(pending, among: known.partitions, keys: keys))
    }
  }

  /// How long the compact text is, as a part of the plain one.
  func share(_ choice: KnownPartitions.Choice) -> Double {
    share(Row(choice: choice, form: .compact))
  }

  private func share(_ row: Row) -> Double {
    let plain = lengths[Row(choice: row.choice, form: .plain)] ?? 0
    return Double(lengths[row] ?? 0) / Double(max(plain, 1))
  }

  /// A table of the rows.
  var markdown: String {
    let lines = KnownPartitions.Choice.allCases.flatMap { choice in
      Form.allCases.map { form in
        let row = Row(choice: choice, form: form)
        let length = (lengths[row] ?? 0).formatted(.number.locale(Locale(identifier: "en_US")))
        let percent = String(format: "%.3f", share(row) * 100)
        let name = "\(choice.title): \(form.title)"
        return "| \(name) | \(timings.cells(row)) | \(length) | \(percent) % |"
      }
    }
    return """
      | write the predicate | median | fastest to slowest | runs | characters | of the plain text |
      |---|--:|--:|--:|--:|--:|
      \(lines.joined(separator: "\n"))
      """
  }
}

extension KnownPartitions.Choice {
  var title: String {
    switch self {
    case .newestDays: "newest days"
    case .runOfEachRegion: "a run of days of each region"
    case .random: "random"
    }
  }
}
