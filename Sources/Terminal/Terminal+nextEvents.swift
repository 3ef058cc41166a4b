import CNcurses
public import Cells

extension Terminal {
  /// Waits for something to happen and returns all of it, in order; wheel notches are merged.
  ///
  /// Waiting blocks and takes no processor time.
  /// - Parameter timeout: how long to wait at most; forever when nil.
  /// - Returns: the events; empty on a timeout or when what happened has no meaning, so the caller loops.
  public func nextEvents(timeout: Duration? = nil) -> [InputEvent] {
    guard isOpen else { return [] }
    // ncurses keeps a queue of its own, which poll cannot see.
    var events = drain()
    let report = dt_wait(events.isEmpty ? milliseconds(timeout) : 0)
    if report.has_input {
      events += drain()
    } else if events.isEmpty, decoder.isPasting {
      events += decoder.endPaste()
    }
    if report.terminate != 0 { events.append(.terminate(signal: report.terminate)) }
    if report.stop || decoder.takeStop() {
      stop()
      events.append(.resize(size))
    } else if report.continued {
      // Leaving first makes ncurses request the alternate screen again.
      lend {}
      events.append(.resize(size))
    } else if report.resized {
      dt_resize()
      forgetShown()
      events.append(.resize(size))
    }
    if report.woken { events.append(.wake) }
    return events
  }

  /// Reads and decodes what is waiting.
  private func drain() -> [InputEvent] {
    var inputs: [RawInput] = []
    while let input = RawInput(dt_read()) { inputs.append(input) }
    return decoder.decode(inputs, at: .now)
  }

  /// Stops the process as Ctrl-Z does and returns when it continues.
  private func stop() {
    lend { dt_stop() }
  }

  /// A started paste waits for its end, but not forever: it may never come.
  private func milliseconds(_ timeout: Duration?) -> Int32 {
    let longest = decoder.isPasting ? Duration.seconds(1) : nil
    guard let wait = [timeout, longest].compactMap({ $0 }).min() else { return -1 }
    let (seconds, attoseconds) = wait.components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    // Rounded up, so that a timer due in half a millisecond does not spin.
    return Int32(seconds) * 1000
      + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
