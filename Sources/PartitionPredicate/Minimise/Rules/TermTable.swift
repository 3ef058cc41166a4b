/// The terms of a junction of junctions as sets of numbered factors, so that equal factors are found
/// by their numbers.
struct TermTable {
  /// Each factor once, by its number.
  private(set) var factors: [PredicateNode] = []
  /// The numbers of each term's factors, in the term's order.
  private(set) var terms: [[Int]] = []

  /// Numbers the factors of terms, which are the terms of the other junction inside each.
  init(_ terms: [PredicateNode], _ inner: Junction) {
    var numbers: [PredicateNode: Int] = [:]
    for term in terms {
      var own: [Int] = []
      for factor in term.terms(of: inner) {
        let number = numbers[factor] ?? factors.count
        if number == factors.count {
          numbers[factor] = number
          factors.append(factor)
        }
        if !own.contains(number) { own.append(number) }
      }
      self.terms.append(own)
    }
  }
}
