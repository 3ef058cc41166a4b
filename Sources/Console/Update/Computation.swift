import PartitionPredicate

/// Work that takes longer than handling a key may take; its answer is made off the terminal's thread.
public struct Computation: Hashable, Sendable {
  private let number: Int
  private let body: @Sendable () -> Computed

  init(_ number: Int, _ body: @escaping @Sendable () -> Computed) {
    self.number = number
    self.body = body
  }

  /// Does the work; the message has to reach the model, whatever has happened to the model meanwhile.
  public func answer() -> Message { .computed(body()) }

  /// Compares numbers: each computation of a model has its own.
  public static func == (left: Computation, right: Computation) -> Bool {
    left.number == right.number
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// The result of a ``Computation``.
public struct Computed: Sendable {
  enum Result: Sendable {
    case rows(RowList, RowAnswer)
    case found(RowList, RowVersion, Int?)
    case reportRows([ReportView.Row], ReportView.Question)
    case reportFound(Int?, ReportView.Question)
    case marks(Set<Partition>, job: String)
    case table(OpenTable, load: Int)
    case predicate(InputPredicate, load: Int)
    case calendar(DrawnCalendar, load: Int)
  }

  let result: Result
}

extension Model {
  /// Requests a computation.
  mutating func compute(_ body: @escaping @Sendable () -> Computed.Result) {
    computations += 1
    wanted.append(.compute(Computation(computations) { Computed(result: body()) }))
  }

  /// Takes a result; one that is out of date by now is requested again.
  mutating func take(_ computed: Computed) {
    switch computed.result {
    case .rows(let list, let answer): take(answer, of: list)
    case .found(let list, let version, let row): takeFound(row, of: list, version)
    case .reportRows(let rows, let question): take(rows, for: question)
    case .reportFound(let place, let question): takeFound(place, in: question)
    case .marks(let marks, let job): allMarks[job] = marks.isEmpty ? nil : marks
    case .table(let open, let load): takeTable(open, load: load)
    case .predicate(let subject, let load): takeSubject(subject, load: load)
    case .calendar(let calendar, let load): take(calendar, load: load)
    }
  }
}
