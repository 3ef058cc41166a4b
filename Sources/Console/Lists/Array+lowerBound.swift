extension RandomAccessCollection where Index == Int {
  /// The first index whose element is not before the one looked for; the elements must be sorted that way.
  func lowerBound(isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
