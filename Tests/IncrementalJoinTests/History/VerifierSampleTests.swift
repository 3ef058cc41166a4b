import PartitionPredicate
import Testing

@testable import IncrementalJoin

@Suite struct SampleTests {
  private let partitions = (1...50).map { day in
    Partition(keys: [PartitionKey(name: "day", type: .int)], values: [.integer(Int64(day))])
  }

  @Test("a seed picks the same partitions again, in whatever order they are given")
  func repeatable() {
    let picked = Verifier.sample(5, of: partitions, seed: 7)
    #expect(picked == Verifier.sample(5, of: partitions.reversed(), seed: 7))
    #expect(picked == picked.sorted())
    #expect(Set(picked).count == 5)
    #expect(picked != Verifier.sample(5, of: partitions, seed: 8))
  }

  @Test("more than there are picks all, and fewer than none picks none")
  func bounds() {
    #expect(Verifier.sample(99, of: partitions, seed: 1) == partitions)
    #expect(Verifier.sample(-1, of: partitions, seed: 1) == [])
    #expect(Verifier.sample(3, of: [], seed: 1) == [])
  }

  @Test("every partition is picked about equally often")
  func uniform() {
    var counts: [Partition: Int] = [:]
    for seed in 0..<2_000 {
      for picked in Verifier.sample(5, of: partitions, seed: UInt64(seed)) {
        counts[picked, default: 0] += 1
      }
    }
    // 200 are expected of each, with a standard deviation of 13.
    #expect(counts.count == 50)
    #expect(counts.values.allSatisfy { (130...270).contains($0) })
  }
}
