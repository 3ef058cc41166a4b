extension Validation {
  /// The jobs by index, each after those that it reads; otherwise in the order of the file.
  ///
  /// Jobs in a cycle are reported and left out, and so are those that depend on them.
  mutating func dependencyOrder() -> [Int] {
    var order: [Int] = []
    var waiting = Array(jobs.indices)
    while let next = waiting.first(where: { needs(of: $0).isSubset(of: order) }) {
      order.append(next)
      waiting.removeAll { $0 == next }
    }
    var reported: Set<Int> = []
    for job in waiting where !reported.contains(job) {
      guard let circle = circle(through: job) else { continue }
      reported.formUnion(circle)
      report(.cycle(jobs: circle.map { jobs[$0].name.value }), at: place(of: circle))
    }
    return order
  }

  private func needs(of job: Int) -> Set<Int> {
    Set(sources[job].compactMap { Self.writer(of: $0) })
  }

  private static func writer(of source: Source?) -> Int? {
    if case .output(let job, _) = source { return job }
    return nil
  }

  /// The shortest path from a job through what it reads back to itself.
  private func circle(through start: Int) -> [Int]? {
    var ways = [[start]]
    var seen: Set<Int> = []
    while !ways.isEmpty {
      var longer: [[Int]] = []
      for way in ways {
        for next in needs(of: way[way.count - 1]).sorted() {
          if next == start { return way }
          if seen.insert(next).inserted { longer.append(way + [next]) }
        }
      }
      ways = longer
    }
    return nil
  }

  /// The position of the input through which the cycle's first job reads the next one.
  private func place(of circle: [Int]) -> Position {
    let first = circle[0]
    let next = circle.count > 1 ? circle[1] : first
    let input = zip(jobs[first].inputs, sources[first]).first { Self.writer(of: $0.1) == next }
    return input?.0.source.position ?? jobs[first].name.position
  }
}
