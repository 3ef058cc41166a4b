import IncrementalJoin
import PartitionPredicate

extension Mistake {
  /// The format's keys that are required where they may occur.
  fileprivate static let requiredKeys = [
    Workspace.fileName, "tables", "location", "partitions", "inputs", "join", "sql", "output", "on",
    "for",
  ]

  /// An example of one of the format's keys, for hints: `location: data/name`.
  static func example(of key: String, in section: Section) -> String {
    switch (key, section) {
    case ("tables", _):
      "tables: with a name for each table, such as "
        + "flights: { location: data/flights, partitions: { month: int, day: int } }"
    case ("jobs", _):
      "jobs: with a name for each job, such as "
        + "joined: { inputs: [a, b], join: { on: [id] }, output: { location: out/joined } }"
    case ("hooks", _): "hooks: { on_run_finished: ./notify.sh }"
    case ("stores", _): "stores: { lake: { type: s3, region: eu-central-1 } }"
    case ("type", .store): "type: s3"
    case ("glue", .file): "glue: { region: eu-central-1 }"
    case ("glue", _): "glue: market.flights"
    case ("ledger", .file): "ledger: s3://lake/state/flights"
    case ("on_run_finished", _): "on_run_finished: ./notify.sh"
    case ("location", .output): "location: out/name"
    case ("location", _): "location: data/name"
    case ("partitions", .output): "partitions: [month, day], with names of the first input's keys"
    case ("partitions", _): "partitions: { month: int, day: int }"
    case ("columns", _): "columns: { name: VARCHAR }"
    case ("optional", _): "optional: [column]"
    case ("csv", _): "csv: { delimiter: \";\" }"
    case ("inputs", _): "inputs: { name: table, name: table }"
    case ("join", _): "join: { on: [column] }"
    case ("sql", _): "sql: with one SELECT over the inputs' names"
    case ("output", _): "output: { location: out/name }"
    case ("limits", _): "limits: { removals: 0.25 }"
    case ("on", _): "on: [column]"
    case ("select", _): "select: [expression]"
    case ("key", _): "key: [column]"
    case ("table", _): "table: name"
    case ("time", _), ("column", _): "time: ts, with the column of a row's time"
    case ("keys", .time): "keys: { dt: yyyyMMdd }"
    case ("keys", _): "keys: { name_in_the_output: own_key }"
    case ("asof", _): "asof: { tolerance: 15m }"
    case ("within", _), ("window", _): "\(key): { before: 0s, after: 30d }"
    default: exampleOfValue(of: key, in: section)
    }
  }

  /// An example of a key with a plain value.
  private static func exampleOfValue(of key: String, in section: Section) -> String {
    let value: String? =
      switch key {
      case "version": "1"
      case "format": "parquet"
      case "min_age", "tolerance": "15m"
      case "watch": "90d"
      case "before", "slack": "0s"
      case "after": "30d"
      case "zone": "Europe/Berlin"
      case "unit": "s, or ms or us"
      case "misplaced": "skip"
      case "direction": "nearest"
      case "strict": "true"
      case "changes": "ignore"
      case "schema": "additive"
      case "buckets": "[lake]"
      case "endpoint": "http://127.0.0.1:9000"
      case "region": "eu-central-1"
      case "profile": "etl"
      case "catalog": "\"123456789012\""
      case "sse": "aws:kms"
      case "kms_key": "alias/lake"
      case "path_style", "owner_full_control", "requester_pays": "true"
      case "type": "left"
      case "types": "spark or types: duckdb"
      case "wait": "all, or wait: { for: all, deadline: 36h }"
      case "for": "all"
      case "deadline": "36h"
      case "removals": "0.25"
      case "kept_runs": "3"
      case "kept_for": "30d"
      case "kept_bytes": "10GB"
      case "memory": "4GiB"
      case "max_partitions": "500"
      case "max_bytes": "200GB"
      case "record_rows", "header": "true"
      case "encoding": "utf-8"
      case "delimiter": "\";\", in double quotes; a tab is \"\\t\""
      case "quote", "escape", "decimal", "thousands": "with the character in double quotes"
      case "null": "[\"\", \"NA\"]"
      case "true": "[\"yes\", \"1\"]"
      case "false": "[\"no\", \"0\"]"
      case "date_format", "timestamp_format": "\"\(CSVProblem.example(of: key))\""
      default: nil
      }
    return value.map { "\(key): \($0)" } ?? "\(key):"
  }
}

extension Mistake.Kind {
  /// What a table needs when its partition keys are missing.
  static let partitionsHint =
    "add the keys of its folders, outermost first: partitions: { month: int, day: int } if the files "
    + "are in folders such as month=1/day=31. If they are in one folder, leave partitions: out."

  /// What to write in place of a value of another kind.
  static func hint(onNodeKindOf key: String, _ role: Mistake.Role) -> String {
    switch role {
    case .format(.file) where key == Workspace.fileName: "begin with tables: and jobs:."
    case .format(let section): "write \(Mistake.example(of: key, in: section))."
    case .name(.table):
      "write \(key.printable): { location: data/\(key.printable), partitions: { month: int, day: int } }, "
        + "or these keys indented in the lines below."
    case .name(.job):
      "write \(key.printable): and below it, indented, its keys inputs:, join: and output:."
    case .name(.input):
      "write the name of one table or job, as in \(key.printable): \(key.printable)."
    case .name(.partitionKey):
      "write its type: string, int, bigint, date, timestamp, decimal(precision,scale) or boolean, as "
        + "in \(key.printable): int."
    case .name: "write its type in SQL, as in \(key.printable): VARCHAR or \"STRUCT(x INTEGER)\"."
    }
  }

  /// What to write where the value is missing.
  static func hint(onEmpty key: String, _ role: Mistake.Role) -> String {
    switch (key, role) {
    case ("partitions", .format(.table)): partitionsHint
    case ("partitions", .format(.output)):
      "leave it out: the output then has the partition keys of its first input."
    case (_, .format) where !Mistake.requiredKeys.contains(key):
      "leave it out, or \(hint(onNodeKindOf: key, role))"
    default: hint(onNodeKindOf: key, role)
    }
  }

  /// What to do about text that is not YAML, judging by the parser's message.
  static func hint(onSyntax problem: String) -> String {
    let hints = [
      "mapping values are not allowed":
        "put the text in quotes if the colon belongs to it; else check the indentation of this line "
        + "and of the one above.",
      "did not find expected key":
        "indent this line like the keys that it stands beside; a text that has quotes inside is put "
        + "in quotes as a whole.",
      "undefined alias": "put the text in quotes: without them * begins an alias.",
      "did not find expected alphabetic":
        "put the text in quotes: without them * and & begin a name.",
      "end of stream": "close the quote.",
      "could not find expected ':'": "write a colon and a space behind the key.",
      "control characters":
        "remove it, or write it as an escape in double quotes, such as \"\\t\".",
    ]
    return hints.first { problem.exact.contains(text: $0.key.exact) }?.value
      ?? "check indentation, colons, and the closing of brackets and quotes up to this place."
  }
}
