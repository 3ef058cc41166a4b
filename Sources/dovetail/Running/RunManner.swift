import ArgumentParser
import Foundation
import IncrementalJoin
import Operations
import Wording
import Workspace

/// How a command that writes an output goes about it.
struct RunManner {
  /// How long to wait while another process holds the output's lock.
  var wait = Duration.zero
  /// Whether only warnings and errors are printed.
  var quiet = false
}

/// The options of every command that writes an output.
struct MannerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Wait for another run of the output to end, up to this long for each job: 90, 90s, 15m or 2h. By default "
        + "the job is refused.", valueName: "time"),
    transform: { text in
      guard let wait = Int64(text).map({ Duration.seconds($0) }) ?? DeclaredQuantity.duration(text),
        wait >= .zero
      else {
        throw ValidationError(
          "\"\(text)\" is not a time to wait: write seconds, or 90s, 15m or 2h.")
      }
      return wait
    })
  var wait = Duration.zero

  @Flag(name: .shortAndLong, help: "Print warnings and errors only, no progress and no summary.")
  var quiet = false

  var manner: RunManner { RunManner(wait: wait, quiet: quiet) }
}

extension Session {
  /// Does something that takes the lock of a job's output, and starts over when the holder has finished.
  ///
  /// - Throws: What `work` throws; `PublishError.locked` when the lock stayed held for too long.
  func waitForLock<Value>(
    of job: JobDefinition, _ manner: RunManner, _ work: () async throws -> Value
  ) async throws -> Value {
    let end = ContinuousClock.now + manner.wait
    var isSaid = manner.quiet
    while true {
      do {
        return try await work()
      } catch {
        guard case PublishError.locked(let location, let holder, _) = Failure(error).cause,
          ContinuousClock.now < end
        else { throw error }
        if !isSaid {
          StandardError.write(
            "dovetail: The output \(location) is being written by "
              + "\(holder.map { "\($0)" } ?? "somebody else"). Waiting up to "
              + "\(Quantity.span(manner.wait)) for that run to end.")
          isSaid = true
        }
        repeat {
          try await Task.sleep(for: .milliseconds(50))
          if Interruption.shared.hasHappened { throw CancellationError() }
        } while await storage.outputs.holder(of: job.output) != nil && ContinuousClock.now < end
      }
    }
  }
}
