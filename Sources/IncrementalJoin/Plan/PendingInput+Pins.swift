extension [PendingInput] {
  /// Every file of the inputs.
  var pins: [PinnedFiles] {
    map { PinnedFiles(files: $0.version?.files ?? [], location: $0.input.table.location) }
  }
}

extension FileStore {
  /// Checks every file that a unit pins.
  func checkPins(of unit: WorkUnit) async throws(PinError) {
    for pin in unit.inputs.pins {
      for file in pin.files { try await check(file, in: pin.location) }
    }
  }
}
