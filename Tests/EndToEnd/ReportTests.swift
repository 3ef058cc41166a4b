import Foundation
import Testing

@Suite("Reports as pictures")
struct ReportTests {
  /// Two years of days by region with a name that would do harm in a page, of which a week is pending and one failed.
  private static func bench() async throws -> Workbench {
    let bench = try Workbench(
      """
      tables:
        a: { location: data/a, format: csv, partitions: { region: string, dt: date }, columns: { id: BIGINT, v: BIGINT } }
        b: { location: data/b, format: csv, partitions: { region: string, dt: date }, columns: { id: BIGINT, w: BIGINT } }
      jobs:
        daily:
          inputs: [a, b]
          join: { type: left, on: [id] }
          output: { location: out/daily }
      """)
    for day in 1...28 {
      for month in 1...3 {
        try land("a", hostile, month, day, "id,v\n1,2\n2,3\n", in: bench)
        if day.isMultiple(of: 2) { try land("b", hostile, month, day, "id,w\n1,2\n", in: bench) }
      }
    }
    try await bench.run()
    for day in 1...7 { try land("b", hostile, 3, day, "id,w\n1,2\n2,9\n", in: bench) }
    try land("a", "eu", 4, 1, "id,v\nno number,2\n", in: bench)
    let failed = try await bench.dovetail("run", "--where", "region = 'eu'")
    #expect(failed.status == 1 || failed.status == 3, Comment(rawValue: failed.stderr))
    return bench
  }

  private static let hostile = "<img src=x onerror=alert(1)>&\"'\u{202E}]]>"

  private static func land(
    _ table: String, _ region: String, _ month: Int, _ day: Int, _ text: String, in bench: Workbench
  ) throws {
    let folder = region.utf8.reduce(into: "") { path, byte in
      let isPlain = (97...122).contains(byte)
      path +=
        isPlain
        ? String(UnicodeScalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    let date = "2013-0\(month)-\(day < 10 ? "0" : "")\(day)"
    try bench.write("data/\(table)/region=\(folder)/dt=\(date)/p.csv", text)
  }

  @Test(
    "a page and a picture are one well-formed document each, with nothing from elsewhere and no script"
  )
  func documents() async throws {
    let bench = try await Self.bench()
    let written = try await bench.dovetail(
      "report", "--html", bench.path("r.html"), "--svg", bench.path("r.svg"))
    #expect(written.status == 0, Comment(rawValue: written.stderr))
    #expect(written.stdout == "Written: \(bench.path("r.html"))\nWritten: \(bench.path("r.svg"))\n")
    for name in ["r.html", "r.svg"] {
      let text = try String(contentsOfFile: bench.path(name), encoding: .utf8)
      let reader = DocumentReader()
      #expect(reader.read(text), "\(name): \(reader.failure ?? "")")
      #expect(
        reader.elements.isDisjoint(with: ["script", "link", "img", "image", "iframe", "use", "a"]))
      #expect(
        reader.attributes.isDisjoint(with: [
          "href", "src", "xlink:href", "onload", "onclick", "style",
        ]))
      for hidden in ["url(", "@import", "http://", "https://"] {
        let rest = text.replacing("http://www.w3.org/2000/svg", with: "")
          .replacing("http://www.w3.org/1999/xhtml", with: "")
        #expect(!rest.contains(hidden), "\(name) has \(hidden)")
      }
      #expect(!text.unicodeScalars.contains("\u{202E}"))
      #expect(text.contains("prefers-color-scheme:dark"))
      // Each cell says what it is in words.
      #expect(reader.titles.contains { $0.hasPrefix("2013-01-02: done, 1 partition, ") }, "\(name)")
      #expect(reader.titles.contains { $0.hasPrefix("2013-04-01: failed, 1 partition") }, "\(name)")
      #expect(
        reader.titles.contains {
          $0.hasPrefix("region=<img src%3Dx ") && $0.contains("2013-03-01: stale")
        },
        "\(name)")
    }
  }

  @Test(
    "a browser shows the page, in light and in dark, and runs nothing of the data",
    .enabled(
      if: Machine.has(Browser.program),
      "\(Browser.program) is not installed; `make test` installs it"))
  func browser() async throws {
    let bench = try await Self.bench()
    #expect(try await bench.dovetail("report", "--html", bench.path("r.html")).status == 0)
    let browser = Browser(folder: bench.path("profile"))
    let page = try await browser.dom(of: bench.path("r.html"))
    #expect(page.contains("What to do next"))
    #expect(!page.contains("<img"))
    for word in ["7 stale (s)", "1 failed (x)", "84 done", "a (input)", "daily (output)"] {
      #expect(page.contains(word), "the page lacks \(word)")
    }
    let light = try await browser.picture(of: bench.path("r.html"), dark: false)
    let dark = try await browser.picture(of: bench.path("r.html"), dark: true)
    // The first pixel is paper: white, and nearly black.
    #expect(light.first == [255, 255, 255])
    #expect(dark.first == [0x14, 0x18, 0x1F])
    // Of the colors of the statuses there are whole cells: 2f9e7d done, b7791f stale, c8321f failed.
    for color in ["2f9e7d", "b7791f", "c8321f"] {
      #expect(light.count(of: color) > 60, "\(color)")
    }
  }

  @Test(
    "the report as text and as JSON says the same, and a file that cannot be written is an error")
  func text() async throws {
    let bench = try await Self.bench()
    let text = try await bench.dovetail("report", "--ascii")
    #expect(text.status == 0, Comment(rawValue: text.stderr))
    // What hides in the data is made visible; nothing else is beyond ASCII.
    #expect(text.stdout.unicodeScalars.allSatisfy { $0.value < 0x80 || $0 == "\u{FFFD}" })
    #expect(
      text.stdout.contains("daily (output) 2013: s 7 stale, d 77 done, x 1 failed\n"),
      Comment(rawValue: text.stdout))
    #expect(text.stdout.contains("  Run 2 failed in 1 partition: `dovetail history 2` says why"))
    let json = try await bench.json("report")
    #expect(
      json.keys == ["arrivals", "job", "listedAt", "next", "pending", "problems", "runs", "tables"])
    let output = json["tables"][2]
    #expect(output.keys == ["cells", "counts", "grain", "output", "table"])
    #expect(output["counts"] == (try JSONValue(#"{"done": 77, "stale": 7, "failed": 1}"#)))
    #expect(output["cells"].elements.count == 85)
    #expect(
      output["cells"][0].keys
        == ["bytes", "group", "lagSeconds", "matchRate", "partitions", "rows", "status", "time"])
    #expect(output["cells"][1]["matchRate"] == .number(0.5))
    let lost = try await bench.dovetail("report", "--html", bench.path("none/r.html"))
    #expect(lost.status == 1)
    #expect(lost.stderr.contains("The report cannot be written to \(bench.path("none/r.html")): "))
    #expect(
      lost.stderr.contains("Nothing else was changed; name a file in a folder that you may write."))
  }
}
