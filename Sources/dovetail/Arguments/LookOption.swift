import ArgumentParser
import IncrementalJoin

/// Chooses how thoroughly to look at tables with a `watch:`.
struct LookOption: ParsableArguments {
  @Flag(help: "Look at everything, whatever the tables' `watch:` says.")
  var all = false

  var look: Look { all ? .everywhere : .watched }
}
