import Foundation
import Testing

/// Every subcommand with arguments by which it does something in a workspace of this kind.
struct EveryCommand {
  /// As words behind `dovetail`; empty for the console, which opens without any.
  static let names: [[String]] = [[]] + all.keys.sorted().map { words($0) }

  /// Those with `--json`, in a workspace of `Workbench.used`.
  static let answering: [[String]] = all.keys.sorted().compactMap { name in
    (["console", "demo", "demo play"] + elsewhere).contains(name)
      ? nil : words(name) + (all[name] ?? [])
  }

  /// Every one, and what the parser of the arguments answers by itself.
  static let everything =
    all.keys.sorted().filter { !elsewhere.contains($0) }.map { words($0) + (all[$0] ?? []) } + [
      ["--help"], ["--version"], ["help", "run"], ["run", "--help"],
      ["--generate-completion-script", "bash"],
    ]

  /// Those that a workspace of folders refuses: for a ledger or an output in a bucket, or for Glue.
  private static let elsewhere = [
    "upload-ledger", "glue bookmark", "export glue", "catalog", "tables add",
  ]

  private static let all: [String: [String]] = [
    "console": [], "init": ["new"], "demo": [], "demo create": ["made", "--data", "csv"],
    "demo next": ["-C", "demo"], "demo play": ["-C", "demo"],
    "status": [], "catalog": ["db"], "tables": [], "tables list": ["--columns"],
    "tables add": ["--from-glue", "db.a"],
    "tables widen": ["a", "v", "HUGEINT"], "partitions": ["a"],
    "bookmarks": [], "bookmarks show": [], "bookmarks rewind": ["0", "--confirm", "j"],
    "bookmarks reset": ["--confirm", "j"], "bookmarks set": ["--confirm", "j"],
    "bookmarks skip": ["--note", "n", "--confirm", "j"], "bookmarks release": ["--confirm", "j"],
    "pending": [], "plan": [], "report": [], "skew": [], "lint": [], "history": [], "changes": [],
    "why": ["k=1"],
    "lineage": ["k=1"],
    "matches": [], "verify": [], "run": [], "rerun": ["k=1"], "diff": ["2"], "publish": ["3"],
    "adopt": ["--confirm", "j"], "glue bookmark": ["nightly"], "export glue": ["--database", "d"],
    "undo": ["--run", "1", "--confirm", "j"], "gc": [], "backup": ["new.sqlite"],
    "upload-ledger": [],
    "predicate": [], "predicate show": [], "predicate explain": ["k=1"],
    "predicate eval": ["k = 1", "--table", "a"], "predicate debug": ["k = 1", "--table", "a"],
    "predicate diff": ["k = 1", "--before", "k = 2", "--table", "a"],
    "predicate minimize": ["k = 1", "--table", "a"],
    "predicate lint": ["k = 1", "--table", "a"],
    "predicate save": ["other", "k = 1", "--table", "a"], "predicate saved": [],
  ]

  private static func words(_ name: String) -> [String] {
    name.split(separator: " ").map(String.init)
  }
}

extension Workbench {
  /// A workspace `w` with a run, a staged run, a saved predicate and a demo, all of which `restored` brings
  /// back.
  static func used() async throws -> Workbench {
    let bench = try Workbench()
    try bench.write("w/dovetail.yaml", pair(format: "csv"))
    for file in ["a/k=1", "a/k=2", "b/k=1", "b/k=2"] {
      try bench.write("w/data/\(file)/p.csv", "id,\(file.prefix(1) == "a" ? "v" : "w")\n1,2\n")
    }
    let days = [(1, 1), (2, 5), (3, 15), (3, 20), (4, 1)].map {
      "\($0),\($1),JFK,2013-0\($0)-\($1 < 10 ? "0" : "")\($1)T17:00:00Z"
    }
    for (table, columns, rest) in [
      ("flights", ",minute,dep_time,carrier,flight", ",0,1,AA,1"),
      ("weather", ",temp,wind_speed,visib", ",39.02,10.3,10.0"),
    ] {
      try bench.write(
        "w/csv/\(table).csv",
        (["month,day,origin,time_hour\(columns)"] + days.map { $0 + rest }).joined(separator: "\n"))
    }
    let prepared = try await bench.shell(
      """
      set -e; cd "$1/w"
      "$0" demo create demo --data csv
      for step in 1 2 3 4; do "$0" demo next -C demo; done
      "$0" run -C demo
      "$0" demo next -C demo
      "$0" run
      printf 'id,v\\n1,3\\n' > data/a/k=1/p.csv
      "$0" run --stage-only
      "$0" predicate save late 'k = 1' --table a
      cp -a . ../saved
      """)
    try #require(prepared.status == 0, Comment(rawValue: prepared.stderr))
    return bench
  }

  /// Runs a command in `w` as it was first, changed by a shell script; `$@` is the command.
  func restored(_ command: [String], _ script: String) async throws -> Finished {
    // A copy of what was staged is not what was staged.
    let stage =
      command.first == "publish" ? #""$0" rerun k=1 --stage-only > /dev/null 2>&1; "# : ""
    return try await Command.run(
      "/bin/bash",
      [
        "-c",
        #"cd "$1" && rm -rf w && cp -a saved w && cd w || exit 99; shift; \#(stage)set -- "$0" "$@"; \#(script)"#,
        Command.dovetail, folder,
      ] + command)
  }
}
