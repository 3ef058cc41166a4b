import Foundation
import Testing

@Suite("With --read-only nothing is changed, whatever is asked for")
struct ReadOnlyTests {
  /// The commands that are refused in a workspace of `Workbench.used`.
  private static let refused = [
    "init", "demo create", "demo next", "demo play", "tables add", "tables widen",
    "bookmarks rewind", "bookmarks reset", "bookmarks set", "bookmarks skip", "run", "rerun",
    "publish", "undo", "gc", "predicate save",
  ]

  private static let sentence =
    "dovetail: Nothing was changed: with --read-only nothing can be. Leave the option out to change something.\n"

  @Test("every command that would change something is refused with status 4, and none writes")
  func commands() async throws {
    let bench = try await Workbench.used()
    let more = [
      ["matches", "--acknowledge"], ["publish", "3", "--none"], ["undo", "--run", "1"],
      ["tables", "add", "--from-glue", "db.a"],
    ]
    for command in EveryCommand.everything + more where command.first != "backup" {
      let name = "\(command.joined(separator: " "))"
      let finished = try await bench.restored(
        command,
        """
        cp -a . ../before; "$1" --read-only "${@:2}" < /dev/null; status=$?
        diff -r ../before . >&2 && rm -rf ../before && exit $status
        exit 99
        """)
      let isRefused =
        !command.contains("--help")
        && (command.contains("--acknowledge")
          || Self.refused.contains {
            name.split(separator: " ").starts(with: $0.split(separator: " "))
          })
      #expect(
        (finished.status == 4) == isRefused, "\(name): \(finished.status), \(finished.stderr)")
      #expect(finished.status != 99, "\(name) changed: \(finished.stderr)")
      if isRefused { #expect(finished.stderr.hasSuffix(Self.sentence), "\(name)") }
    }
  }

  @Test("the option stands before or behind the command, beside the workspace")
  func places() async throws {
    let bench = try await Workbench.used()
    for words in [
      ["--read-only", "run", "-C", "w"], ["-C", "w", "--read-only", "run"],
      ["--read-only", "-C", "w", "run"], ["run", "-C", "w", "--read-only"],
    ] {
      let script = #"cd "$1"; shift; exec "$0" "$@""#
      let finished = try await Command.run(
        "/bin/bash", ["-c", script, Command.dovetail, bench.folder] + words)
      #expect(finished.status == 4, "\(words): \(finished.stderr)")
      #expect(finished.stderr == Self.sentence)
    }
  }

  @Test("what only looks answers as ever, a verification too")
  func looking() async throws {
    let bench = try await Workbench.used()
    for command in [
      "status --json", "plan --json", "verify --all --json", "undo --run 1 --dry-run",
    ] {
      let words = command.split(separator: " ").map(String.init)
      // In one copy of the workspace: another copy has other change times, and so another plan.
      let finished = try await bench.restored(
        words,
        """
        "$1" --read-only "${@:2}" > ../look 2> /dev/null; look=$?
        "$1" "${@:2}" > ../other 2> /dev/null; other=$?
        diff ../look ../other && test $look = $other
        """)
      #expect(finished.status == 0, "\(command): \(finished.stdout)\(finished.stderr)")
    }
  }
}
