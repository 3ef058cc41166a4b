/// What a piece of work made, and how long it took.
struct Timed<Value> {
  let value: Value
  let time: Duration

  init(_ work: () throws -> Value) rethrows {
    let began = ContinuousClock.now
    value = try work()
    time = ContinuousClock.now - began
  }

  init(waitingFor work: () async throws -> Value) async rethrows {
    let began = ContinuousClock.now
    value = try await work()
    time = ContinuousClock.now - began
  }
}
