import ArgumentParser
import IncrementalJoin

/// Chooses how much is looked at of tables with a `watch:`.
struct LookOption: ParsableArguments {
  @Flag(help: "Look at everything, whatever the tables' `watch:` says.")
  var all = false

  var look: Look { all ? .everywhere : .watched }
}
