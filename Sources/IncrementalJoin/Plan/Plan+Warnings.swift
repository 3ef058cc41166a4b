import Wording

extension Plan {
  /// Warnings shown when the plan runs, one sentence each; empty for a plan without units.
  ///
  /// Guesses are mentioned once, by the run that pins them. Conversions are mentioned until the output declares
  /// `types:`.
  public var warnings: [String] {
    guard !units.isEmpty else { return [] }
    return guesses + sparseFields + (job.output.types == nil ? conversionNotes : [])
  }

  /// What should be known before a run, one sentence each: partitions that it cannot replace, which parts of the
  /// definition may give different rows for the same files, and inputs for which one new file makes many partitions
  /// pending.
  public var cautions: [String] {
    (fixed.sentence.map { [$0] } ?? []) + definitionWarnings
      + (units.isEmpty ? [] : reads.compactMap(\.warning))
  }

  /// How columns are written that Spark cannot read as they are, a sentence each.
  public var conversionNotes: [String] {
    conversions.map { conversion in
      let column = "Column \(conversion.column) (\(conversion.type)) is written as "
      return switch types {
      case .spark:
        column
          + "\(conversion.written), which Spark and Glue can read; `types: duckdb` on the output "
          + "keeps it."
      case .duckdb:
        column + "it is; Spark 3.5 cannot read it. `types: spark` on the output rebuilds all "
          + "partitions with types that it reads."
      }
    }
  }

  /// The fields that a table could list under `optional:`, by table name: those that some rows lack and
  /// that it does not list yet.
  public var proposedOptional: [String: [String]] {
    var proposed: [String: [String]] = [:]
    for input in job.inputs {
      let fields = seenColumns[input.table.name]?.proposedOptional(for: input.table) ?? []
      if !fields.isEmpty { proposed[input.table.name] = fields }
    }
    return proposed
  }

  private var guesses: [String] {
    seenColumns.sorted { $0.key < $1.key }.filter(\.value.isGuess).map { table, seen in
      let files = Quantity.count(seen.files.count, "file")
      return
        "Types of columns of table \(table) are guessed from \(files), and this run pins them once a "
        + "partition is built: `dovetail tables --columns` shows them in the form of `columns:` in "
        + "dovetail.yaml."
    }
  }

  private var sparseFields: [String] {
    proposedOptional.sorted { $0.key < $1.key }.map { table, fields in
      "Only some rows of table \(table) have \(fields.joined(separator: ", ")). A file in which no row "
        + "has such a field fails, unless `optional:` of the table lists it."
    }
  }
}

extension SeenColumns {
  /// The fields that a table could list under `optional:` and does not yet; none where its schema policy
  /// reads any missing column as NULL.
  func proposedOptional(for table: TableDefinition) -> [String] {
    guard table.schemaPolicy != .lenient else { return [] }
    return sparse.filter { name in
      !table.optional.contains { $0.utf8.elementsEqual(name.utf8) }
    }
  }
}
