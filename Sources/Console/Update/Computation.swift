/// Work that takes longer than a key may take: its answer is made off the terminal's thread.
public struct Computation: Hashable, Sendable {
  private let number: Int
  private let body: @Sendable () -> Computed

  init(_ number: Int, _ body: @escaping @Sendable () -> Computed) {
    self.number = number
    self.body = body
  }

  /// Does the work; the message has to reach the model, whatever has happened to it meanwhile.
  public func answer() -> Message { .computed(body()) }

  /// Compares by number: each computation of a model has its own.
  public static func == (left: Computation, right: Computation) -> Bool {
    left.number == right.number
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// What a ``Computation`` has found out.
public struct Computed: Sendable {
  enum Result: Sendable {
    case pending(FilterAnswer)
    case table(OpenTable, load: Int)
    case catalog(FilterAnswer)
    case predicate(InputPredicate, load: Int)
  }

  let result: Result
}

/// Which rows a filter lets through.
struct FilterAnswer: Sendable {
  /// What was asked for.
  let question: FilterQuestion
  /// How many rows were looked at.
  let examined: Int
  /// In the order of the list.
  let matches: [Int]
}

/// What the rows that a filter lets through depend on.
struct FilterQuestion: Equatable, Sendable {
  /// The number of the load, and of the change of the list, that the rows are of.
  let load: Int
  let text: String
  var showsAll = false

  /// Whether what this one lets through is among what `earlier` did: the text was typed on.
  func narrows(_ earlier: FilterQuestion) -> Bool {
    load == earlier.load && showsAll == earlier.showsAll && ListFilter.isText(text)
      && ListFilter.isText(earlier.text) && SearchWords.canNarrow(earlier.text)
      && text.utf8.starts(with: earlier.text.utf8)
  }
}

extension Model {
  /// Asks for something to be computed.
  mutating func compute(_ body: @escaping @Sendable () -> Computed.Result) {
    computations += 1
    wanted.append(Computation(computations) { Computed(result: body()) })
  }

  /// Takes what was computed; what is out of date by now is asked for again.
  mutating func take(_ computed: Computed) {
    switch computed.result {
    case .pending(let answer): takePending(answer)
    case .catalog(let answer): takeCatalog(answer)
    case .table(let open, let load): takeTable(open, load: load)
    case .predicate(let subject, let load): takeSubject(subject, load: load)
    }
  }
}
