import Foundation
import PartitionPredicate

/// A program that prints credentials: `credential_process`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
struct CredentialsProcess {
  let command: String
  let profile: ExactText
  let configuration: AWSConfiguration

  /// Runs the program; it may take its time, as it may ask somebody.
  ///
  /// - Throws: `AccessError.misconfigured` where it fails, with what it wrote to its standard error; what it prints is
  ///   secret, and is not told.
  func credentials() async throws(AccessError) -> Credentials {
    let (status, output, errors) = try await run()
    guard status == 0 else {
      let words = String(decoding: errors.prefix(500), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      throw configuration.unusable(
        profile, "its credential_process ended with \(status)" + (words.isEmpty ? "" : ": \(words)")
      )
    }
    guard let credentials = CredentialsDocument.read(output, version: 1) else {
      throw configuration.unusable(
        profile, "its credential_process does not print credentials as JSON of version 1")
    }
    return credentials
  }

  private func run() async throws(AccessError) -> (status: Int32, output: Data, errors: Data) {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = configuration.environment.variables
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    let (ends, end) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { end.yield($0.terminationStatus) }
    do {
      try process.run()
    } catch {
      throw configuration.unusable(profile, "its credential_process cannot be started")
    }
    let result: (Int32, Data, Data)? = await withTaskCancellationHandler {
      let (printed, written) = (
        output.fileHandleForReading.contents, errors.fileHandleForReading.contents
      )
      guard let status = await ends.first(where: { _ in true }),
        let output = await printed.first(where: { _ in true }),
        let errors = await written.first(where: { _ in true })
      else { return nil }
      return (status, output, errors)
    } onCancel: {
      // The program leads a group of its own, and was begun by a thread that lets no other signal through.
      if process.isRunning { kill(-process.processIdentifier, SIGKILL) }
    }
    guard let result else { throw .cancelled }
    return result
  }
}

extension FileHandle {
  /// Everything up to the end, which a thread of its own waits for, so that a full pipe stops nobody.
  fileprivate var contents: AsyncStream<Data> {
    AsyncStream { continuation in
      Thread.detachNewThread { continuation.yield(self.readDataToEndOfFile()) }
    }
  }
}
