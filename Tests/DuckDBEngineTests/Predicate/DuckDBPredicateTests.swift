import PartitionPredicate
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("DuckDB means by a printed predicate what Spark means")
struct DuckDBPredicateTests {
  /// 2013-02-14.
  static let today = 15_750

  @Test("20,000 random predicates agree on random partitions, NULL included")
  func random() async {
    let seeded = SeededGenerator()
    do {
      try await compare(seeded)
    } catch {
      Issue.record(error, "seed \(seeded.seed)")
    }
  }

  private func compare(_ seeded: SeededGenerator) async throws {
    var writer = RandomPredicate(random: seeded)
    var tally = Tally()
    while tally.written < 20_000 {
      let rows = (0..<8).map { _ in writer.row() }
      let table = try await PredicateTable(rows, keys: RandomPredicate<SeededGenerator>.keys)
      var batch: [Printed] = []
      while batch.count < 200 {
        let source = writer.text()
        guard let predicate = try? PushdownPredicate(source, keys: table.keys, today: Self.today)
        else { continue }
        tally.written += 1
        do {
          batch.append(Printed(predicate, source, try DuckDBPrinter().text(predicate)))
        } catch { tally.refused += 1 }
      }
      for (item, truths) in try await answers(batch, table, &tally) {
        let evaluator = PredicateEvaluator(item.predicate)
        for (row, truth) in zip(rows, truths) {
          let expected = evaluator.truth(row)
          tally.truths[expected, default: 0] += 1
          #expect(
            truth == expected,
            "seed \(seeded.seed)\n\(item.source)\n\(item.sql)\n\(row.map(\.text))")
        }
      }
    }
    print(tally)
    // What cannot be said, and what DuckDB stops at, is a small part; every truth occurs.
    #expect(
      (tally.refused + tally.stopped) * 5 < tally.written, "seed \(seeded.seed)\n\(tally)")
    #expect(
      Truth.allCases.allSatisfy { tally.truths[$0, default: 0] > 2000 },
      "seed \(seeded.seed)\n\(tally)")
  }

  private struct Printed {
    let predicate: PushdownPredicate
    let source: String
    let sql: String

    init(_ predicate: PushdownPredicate, _ source: String, _ sql: String) {
      (self.predicate, self.source, self.sql) = (predicate, source, sql)
    }
  }

  private struct Tally {
    var truths: [Truth: Int] = [:]
    var written = 0
    /// Predicates that the printer refuses.
    var refused = 0
    /// Predicates at which the query fails on purpose, rather than select otherwise.
    var stopped = 0
  }

  /// The truths of all that do not stop the query.
  private func answers(
    _ batch: [Printed], _ table: PredicateTable, _ tally: inout Tally
  ) async throws -> [(Printed, [Truth])] {
    // One that stops its query stops those beside it, too: smaller parts find it soon.
    if batch.count > 20 {
      let half = batch.count / 2
      return try await answers(Array(batch[..<half]), table, &tally)
        + answers(Array(batch[half...]), table, &tally)
    }
    if let truths = try? await table.truths(batch.map(\.sql)) { return Array(zip(batch, truths)) }
    var answers: [(Printed, [Truth])] = []
    for item in batch {
      do {
        answers.append((item, try await table.truths([item.sql])[0]))
      } catch let error as DatabaseError {
        tally.stopped += 1
        let purposes = [
          "only by Spark", "Date out of range", "Date and time not in timestamp range",
          "out of range for the destination type INT32",
        ]
        #expect(
          purposes.contains { error.message.contains($0) }, "\(item.source)\n\(error)")
      }
    }
    return answers
  }

  @Test("more days between two dates than an int has wrap, compared or not")
  func distantDates() async throws {
    let keys = [
      PartitionKey(name: "small", type: .int), PartitionKey(name: "day", type: .date),
    ]
    // 9999-12-31.
    let row: [PartitionValue] = [.integer(-2_147_483_648), .date(days: 2_932_896)]
    let table = try await PredicateTable([row], keys: keys)
    let days = "datediff(DATE '9999-12-31', date_add(day, small))"
    for source in ["\(days) = -2147483648", "\(days) < 31", "NOT (31 BETWEEN -2013 AND \(days))"] {
      let predicate = try PushdownPredicate(source, keys: keys, today: 0)
      #expect(PredicateEvaluator(predicate).truth(row) == .isTrue, "\(source)")
      let text = try DuckDBPrinter().text(predicate)
      #expect(try await table.truths([text]) == [[.isTrue]], "\(text)")
    }
  }

  @Test("every dialect's text of every set of nine partitions selects exactly that set")
  func sets() async throws {
    let keys = [
      PartitionKey(name: "site", type: .string), PartitionKey(name: "month", type: .int),
    ]
    let sites: [PartitionValue] = [.null, .string("a'b"), .string("01")]
    let months: [PartitionValue] = [.null, .integer(1), .integer(2)]
    let domain = sites.flatMap { site in months.map { [site, $0] } }
    var (sets, statements) = ([Set<Int>](), [String]())
    for bits in 0..<(1 << domain.count) {
      let chosen = Set(domain.indices.filter { bits >> $0 & 1 == 1 })
      let partitions = chosen.map { Partition(keys: keys, values: domain[$0]) }
      let plain = PushdownPredicate.plain(partitions, keys: keys)
      let compact = PushdownPredicate.compact(partitions, keys: keys)
      let texts = try [
        PlainPrinter().text(plain), SparkPrinter().text(plain), SparkPrinter().text(compact),
        PlainPrinter().text(partitions: partitions.map { ($0, spellings: []) }, keys: keys),
      ]
      for text in texts {
        let evaluator = PredicateEvaluator(try PushdownPredicate(text, keys: keys, today: 0))
        let selected = domain.indices.filter { evaluator.truth(domain[$0]) == .isTrue }
        #expect(Set(selected) == chosen, "\(text)")
      }
      sets += [chosen, chosen]
      statements += try [DuckDBPrinter().text(plain), DuckDBPrinter().text(compact)]
    }
    let table = try await PredicateTable(domain, keys: keys)
    for (index, truths) in try await table.truths(statements).enumerated() {
      let selected = domain.indices.filter { truths[$0] == .isTrue }
      #expect(Set(selected) == sets[index], "\(statements[index])")
    }
  }
}
