import PartitionPredicate
import Testing

@Suite("The name that was probably meant")
struct NearNameTests {
  private let names = [
    "status", "skew", "run", "rerun", "pending", "partitions", "predicate", "plan",
  ]

  @Test("is one typing error in three characters away at most, whatever the case")
  func errors() {
    for (typed, meant) in [
      ("stauts", "status"), ("STATUS", "status"), ("rnu", "run"), ("pln", "plan"),
      ("pendign", "pending"), ("partition", "partitions"), ("re-run", "rerun"),
    ] {
      #expect(NearName.of(typed, in: names) == meant, "\(typed)")
    }
  }

  @Test("is the only one that begins with what was typed")
  func beginnings() {
    for (typed, meant) in [("stat", "status"), ("part", "partitions"), ("Pred", "predicate")] {
      #expect(NearName.of(typed, in: names) == meant, "\(typed)")
    }
    #expect(NearName.of("parti", in: ["partitions", "partition_keys"]) == nil)
    #expect(NearName.of("st", in: names) == nil)
  }

  @Test("is nothing when all names are far")
  func none() {
    for typed in ["", "x", "frobnicate", "help"] {
      #expect(NearName.of(typed, in: names) == nil, "\(typed)")
    }
  }
}
