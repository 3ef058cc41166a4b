import PartitionPredicate

extension FileStore {
  /// Checks every file that a unit pins.
  func checkPins(of unit: WorkUnit) async throws(PinError) {
    for input in unit.inputs {
      for file in input.version?.files ?? [] {
        try await check(file, in: input.input.table.location)
      }
    }
  }

  /// Fetches every file that a unit pins, or none.
  func fetch(_ unit: WorkUnit) async throws(PinError) { try await fetch(unit.inputs) }

  /// Gives up the files of a unit that was fetched.
  func release(_ unit: WorkUnit) async { await release(unit.inputs) }

  /// Does something while the files of a unit are fetched.
  func reading<Value>(
    _ unit: WorkUnit, _ body: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await reading(unit.inputs, body)
  }

  /// Does something while the files of inputs are fetched.
  func reading<Value>(
    _ inputs: [PendingInput], _ body: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await fetch(inputs)
    do {
      let value = try await body()
      await release(inputs)
      return value
    } catch {
      await release(inputs)
      throw error
    }
  }

  /// Does something while some files are fetched.
  func reading<Value>(
    _ files: [DataFile], in location: Location,
    _ body: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await fetch(files, in: location)
    do {
      let value = try await body()
      await release(files, in: location)
      return value
    } catch {
      await release(files, in: location)
      throw error
    }
  }

  private func fetch(_ inputs: [PendingInput]) async throws(PinError) {
    for (index, input) in inputs.enumerated() {
      do throws(PinError) {
        try await fetch(input.version?.files ?? [], in: input.input.table.location)
      } catch {
        await release(Array(inputs[..<index]))
        throw error
      }
    }
  }

  private func release(_ inputs: [PendingInput]) async {
    for input in inputs {
      await release(input.version?.files ?? [], in: input.input.table.location)
    }
  }
}
