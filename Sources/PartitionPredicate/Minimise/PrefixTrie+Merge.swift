extension PrefixTrie {
  /// A rest that agrees with two others wherever these have a known partition; nil when they
  /// contradict each other.
  mutating func merged(_ first: Int, _ second: Int) -> Int? {
    if first == second { return first }
    guard first > Self.end, second > Self.end else { return nil }
    guard let place = union(places[first], places[second]) else { return nil }
    return number(of: place, depth: depths[first])
  }

  private mutating func union(_ first: Place, _ second: Place) -> Place? {
    var union = Place(codes: [], rests: [])
    var (left, right) = (0, 0)
    while left < first.codes.count || right < second.codes.count {
      let isLeft =
        right == second.codes.count
        || left < first.codes.count && first.codes[left] <= second.codes[right]
      let isRight =
        left == first.codes.count
        || right < second.codes.count && second.codes[right] <= first.codes[left]
      union.codes.append(isLeft ? first.codes[left] : second.codes[right])
      if isLeft && isRight {
        guard let rest = merged(first.rests[left], second.rests[right]) else { return nil }
        union.rests.append(rest)
      } else {
        union.rests.append(isLeft ? first.rests[left] : second.rests[right])
      }
      if isLeft { left += 1 }
      if isRight { right += 1 }
    }
    return union
  }
}
