import Foundation
import Testing

@Suite(
  "A file system whose clock has whole seconds",
  .enabled(
    if: Machine.mounts && Machine.has("mkfs.ext4"), "mounting needs root, and mkfs.ext4 makes it"))
struct CoarseClockTests {
  @Test(
    "a file that is rewritten in the second in which it was listed, with the same size, is pending")
  func rewritten() async throws {
    let bench = try Workbench(
      """
      tables: { a: { location: disk/a, format: csv, partitions: { k: int }, columns: { id: BIGINT } } }
      jobs: { j: { inputs: [a], sql: SELECT * FROM a, output: { location: out/j } } }
      """)
    // Inodes of 128 bytes have no room for fractions of a second.
    let mounted = try await bench.shell(
      """
      cd "$1" && truncate -s 16M image && mkfs.ext4 -q -I 128 image 2> /dev/null && mkdir disk \
      && mount -o loop image disk
      """)
    try #require(mounted.status == 0, Comment(rawValue: mounted.stderr))
    defer { Machine.unmount(bench.path("disk")) }
    // Until all of it happens within one second of the disk's clock, which takes a few tries on a slow machine.
    let script = """
      f="$1/disk/a/k=1/f.csv"; mkdir -p "$1/disk/a/k=1"
      for try in $(seq 60); do
        printf 'id\\n1\\n' > "$f"; before=$(stat -c '%y %z %i' "$f")
        "$0" run -C "$1" > /dev/null 2>&1 || exit 1
        printf 'id\\n%s\\n' $((RANDOM % 8 + 2)) > "$f"
        [ "$before" = "$(stat -c '%y %z %i' "$f")" ] && exit 0
      done
      exit 3
      """
    let raced = try await bench.shell(script)
    try #require(raced.status == 0, "no try was fast enough: \(raced.stderr)")
    #expect(try await bench.pending() == ["k=1: a: 1 rewritten"])
    try await bench.run()
    #expect(
      try await bench.sql("SELECT id::VARCHAR FROM '\(bench.path("out/j/k=1"))/*.parquet'")
        == bench.sql("SELECT id::VARCHAR FROM '\(bench.path("disk/a/k=1/f.csv"))'"))
    #expect(try await bench.pending() == [])
  }
}
