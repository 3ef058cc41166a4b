import Foundation

/// What the numbers depend on.
struct Machine: CustomStringConvertible {
  let description: String

  init(_ tasks: TaskRunner, _ dovetail: Dovetail) throws {
    let engine = try tasks.text("SELECT 'DuckDB ' || version()")
    let version = try MeasuredProcess.run(
      dovetail.program, ["--version"], log: "\(dovetail.folder)/version.log")
    let program = version.output.trimmingCharacters(in: .newlines)
    self.init(software: "Dovetail \(program), \(engine)")
  }

  /// Describes the machine of today, with the names and versions of what ran on it.
  init(software: String) {
    let process = ProcessInfo.processInfo
    let memory = process.physicalMemory / 1_073_741_824
    let day = Date().formatted(.iso8601.year().month().day())
    description = """
      \(day): \(Self.processor), \(process.activeProcessorCount) cores, \(memory) GiB, \
      \(process.operatingSystemVersionString); \(software).
      """
  }

  /// The processor's name, where the system tells it.
  private static var processor: String {
    let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = facts.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
      ?? "a processor without a name"
  }
}
