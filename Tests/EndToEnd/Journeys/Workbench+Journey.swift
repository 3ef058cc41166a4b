import Testing

extension Workbench {
  /// The partitions that an output has files of, in the order of their names.
  func published(_ output: String = "out/j") -> [String] {
    Set(files(output).map { String($0.prefix { $0 != "/" }) }).sorted()
  }

  /// The values of `x` in the output's partition, in the order of `id`.
  func published(x partition: Int) async throws -> [String?] {
    try await sql("SELECT x FROM \(relation("out/j")) WHERE k = \(partition) ORDER BY id")
      .map { $0[0] }
  }

  /// The partitions that wait to be built.
  func waiting() async throws -> [String?] {
    try await json("pending").elements.map { $0["partition"].text }
  }

  /// What the history says of each run, the newest first.
  func history(_ key: String) async throws -> [String?] {
    try await json("history").elements.map { $0[key].text }
  }
}
