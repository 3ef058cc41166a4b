import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

/// The script that `dovetail export glue` writes: Python compiles it, and its parts that know neither Spark nor Glue are run.
@Suite("The script of a job for Glue", .enabled(if: Python.isThere, "there is no python3"))
struct GlueScriptTests {
  static func job(
    _ transformation: Transformation = .join(type: .left, on: ["id", "month"], select: nil),
    keys: [PartitionKey] = keys, output: Location = Location(scheme: "s3", root: "lake/joined"),
    outputKeys: [PartitionKey] = keys, changes: ChangePolicy = .all,
    renames: [KeyRename] = []
  ) -> JobDefinition {
    func input(_ name: String) -> JobInput {
      JobInput(
        name: name,
        table: TableDefinition(
          name: name, location: Location(scheme: "s3", root: "lake/\(ExactText(name))"),
          format: .parquet, keys: name == "weather" ? keys : Self.keys,
          catalog: name == "flights" ? CatalogName(database: "nyc", table: "f") : nil),
        changes: name == "weather" ? changes : .all, renames: name == "weather" ? renames : [])
    }
    return JobDefinition(
      name: "joined", inputs: [input("flights"), input("weather")], transformation: transformation,
      output: OutputDefinition(location: output, keys: outputKeys))
  }

  static let keys = [
    PartitionKey(name: "month", type: .int), PartitionKey(name: "city", type: .string),
  ]

  @Test("the tables, the keys and the join are the job's")
  func facts() throws {
    let text = try GlueScript(Self.job(), database: "other").text
    for line in [
      #"KEYS = [("month", "int"), ("city", "string")]"#, #"    ("flights", "nyc", "f"),"#,
      #"    ("weather", "other", "weather"),"#, #"OUTPUT = ("other", "joined")"#,
      #"LOCATION = "s3://lake/joined""#, #"TYPE = "left""#, #"ON = ["id"]"#, "SELECT = None",
    ] {
      #expect(text.exact.parts(separatedBy: "\n").contains(line.exact), Comment(rawValue: line))
    }
  }

  @Test(
    "Python compiles the script, whatever the job's texts are",
    arguments: [
      .join(type: .inner, on: ["id"], select: ["flights.id", #"'it''s \n "quoted"' AS x"#]),
      .sql("SELECT 'a\nb' AS \"c\\\" FROM flights --  ''' \"\"\""),
    ] as [Transformation])
  func compiles(_ transformation: Transformation) throws {
    let python = try Python(GlueScript(Self.job(transformation), database: "nyc").text)
    #expect(
      try python.run("import py_compile; py_compile.compile('script.py', doraise=True)") == "")
    let printed = try python.run("import script; print(script.SQL or script.SELECT[1])")
    let expected: String =
      switch transformation {
      case .sql(let sql): sql
      default: #"'it''s \n "quoted"' AS x"#
      }
    #expect(printed == expected + "\n")
  }

  @Test(
    "predicates select exactly the partitions, grouped, escaped and below the limit",
    arguments: [
      (
        #"[("1", "b"), ("1", "a"), ("2", "it's")]"#,
        #"["(month = 1 AND city IN ('a', 'b')) OR (month = 2 AND city IN ('it\\'s'))"]"#
      ),
      (#"[("1", "a\\b")]"#, #"["(month = 1 AND city IN ('a\\\\b'))"]"#),
      (#"[("1", "01")]"#, #"["(month = 1 AND city IN ('01'))"]"#),
      // Nothing gives no predicate, never an empty one; NULL cannot be said.
      ("[]", "[]"), (#"[("1", None)]"#, "None"),
      // One value beyond the limit.
      (#"[("1", "x" * 2100)]"#, "None"),
    ])
  func predicates(partitions: String, expected: String) throws {
    let python = try Python(GlueScript(Self.job(), database: "nyc").text)
    #expect(
      try python.run(
        "import script as s; assert s.predicates(\(partitions), s.KEYS) == \(expected), s.predicates(\(partitions), s.KEYS)"
      ) == "")
  }

  @Test("a long set is split into predicates that exclude each other and say all of it")
  func split() throws {
    let python = try Python(GlueScript(Self.job(), database: "nyc").text)
    let printed = try python.run(
      """
      import re, script as s
      wanted = {(str(m), "c%04d" % c) for m in range(3) for c in range(400)}
      found = []
      for predicate in s.predicates(wanted, s.KEYS):
          assert 0 < len(predicate) <= 2000 < 2048
          for month, cities in re.findall(r"\\(month = (\\d+) AND city IN \\(([^)]*)\\)\\)", predicate):
              found += [(month, city.strip("'")) for city in cities.split(", ")]
      assert len(found) == len(set(found)) == 1200 and set(found) == wanted
      print(len(s.predicates(wanted, s.KEYS)))
      """)
    #expect(printed == "6\n")
  }

  @Test("texts keep their zeros, numbers lose them, and NULL is not text")
  func texts() throws {
    let python = try Python(GlueScript(Self.job(), database: "nyc").text)
    #expect(
      try python.run(
        """
        import datetime, script as s
        assert s.text_of("01", "string") == "01" and s.text_of("01", "int") == "1" == s.text_of(1, "int")
        assert s.text_of(None, "int") is None and s.text_of("__HIVE_DEFAULT_PARTITION__", "string") is None
        assert s.text_of(datetime.date(2024, 1, 2), "date") == "2024-01-02" and s.text_of(True, "boolean") == "true"
        assert s.texts_of([1, None]) == ("1", None)
        assert s.literal("2024-01-02", "date") == "date '2024-01-02'"
        assert s.path_of(("1", "a/b%=c"), s.KEYS) == "month=1/city=a%2Fb%25%3Dc"
        assert s.path_of(("1", None), s.KEYS) == "month=1/city=__HIVE_DEFAULT_PARTITION__"
        assert s.chunks([1, 2, 3], 2) == [[1, 2], [3]]
        columns = s.every_column(["id"], [("f", ["id", "a", "month"]), ("w", ["ID", "A", "y"])], s.KEYS)
        assert columns == ["`id`", "`f`.`a` AS `a`", "`f`.`month` AS `f_month`", "`w`.`A` AS `w_A`",
                           "`w`.`y` AS `y`"], columns
        """) == "")
  }

  @Test("partitions without rows are removed with their own folders, and none that lies elsewhere")
  func removal() throws {
    let python = try Python(GlueScript(Self.job(), database: "nyc").text)
    #expect(
      try python.run(
        """
        import script as s
        class Missing(Exception): pass
        class Catalog:
            class exceptions: EntityNotFoundException = Missing
            def __init__(self, *places): self.places, self.deleted = places, []
            def batch_get_partition(self, **request):
                if not self.places: raise Missing()
                return {"Partitions": [{"StorageDescriptor": {"Location": place}} for place in self.places]}
            def batch_delete_partition(self, PartitionsToDelete, **request):
                self.deleted += [entry["Values"] for entry in PartitionsToDelete]
                return {"Errors": [{"ErrorDetail": {"ErrorCode": "EntityNotFoundException"}}]}
        class Glue:
            def __init__(self): self.purged = []
            def purge_s3_path(self, path, options): self.purged.append(path)
        own = s.LOCATION + "/month=1/city=a"
        for places, deleted, purged in [
            ((own + "/",), [["1", "a"]], [own + "/"]), ((), [], []),
            ((s.LOCATION,), None, []), ((s.LOCATION + "/month=1",), None, []), (("s3://other/x",), None, []),
        ]:
            catalog, glue = Catalog(*places), Glue()
            try:
                s.remove(glue, catalog, {("1", "a")})
                assert deleted is not None, places
            except RuntimeError as error:
                assert deleted is None and "are elsewhere" in str(error), error
            assert catalog.deleted == (deleted or []) and glue.purged == purged, (catalog.deleted, glue.purged)
        """) == "")
  }

  @Test(
    "a job that the script would compute otherwise is refused by name",
    arguments: [
      (
        job(output: Location("/srv/out")),
        "Job joined publishes to /srv/out, which Glue cannot reach."
      ),
      (job(outputKeys: []), "The output of job joined has no partition keys,"),
      (job(keys: [keys[0]]), "The input weather of job joined lacks the output's key city:"),
      (job(changes: .additions), "The input weather of job joined has `changes:`,"),
      (
        job(renames: [KeyRename(name: "city", own: "town")]),
        "The input weather of job joined has keys of other names"
      ),
      (
        job(.joinToFirst([], select: nil)), "Job joined joins each input by a condition of its own,"
      ),
    ])
  func refusals(job: JobDefinition, sentence: String) {
    let error = #expect(throws: GlueScriptError.self) { _ = try GlueScript(job, database: "nyc") }
    #expect(
      error?.description.exact.begins(with: sentence.exact) == true, "\(String(describing: error))")
  }

  @Test("a table without a name in the catalog needs a database")
  func noDatabase() {
    let error = #expect(throws: GlueScriptError.self) {
      _ = try GlueScript(Self.job(), database: nil)
    }
    #expect(
      error?.description
        == "weather of job joined has no name in the Glue Data Catalog. Say `glue: database.table` in dovetail.yaml, or "
        + "name the database of such tables with --database.")
  }
}

/// A folder with a script, and Python to run beside it.
private struct Python {
  private let folder: TemporaryFolder

  static let isThere =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/python3") }

  init(_ script: String) throws {
    folder = try TemporaryFolder()
    try script.write(
      toFile: folder.path + "/script.py", atomically: false, encoding: .utf8)
  }

  /// What a text prints; what it says on standard error where it fails.
  func run(_ text: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", text]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
