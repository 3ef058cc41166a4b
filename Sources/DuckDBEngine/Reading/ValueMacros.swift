/// The SQL macros that tell whether text is exactly a value of a type; docs/guide/own-tables.md has the
/// rules in words.
///
/// They are macros because a regular expression that is written once is planned once a column, not once a
/// use, and because statements stay readable.
enum ValueMacros {
  /// The statements that create them, in their order.
  static let statements = [
    // Blanks around a value are those of ASCII.
    "CREATE MACRO dovetail_bare(c) AS trim(c, \(blanks))",
    // ASCII letters only: `lower` makes an i of the Turkish capital one.
    """
    CREATE MACRO dovetail_lower(c) AS
    translate(c, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
    """,
    // A number with an exponent as one without: DuckDB's own casts round or overflow on the way. Its digits
    // without zeros at both ends, x.n, are moved by x.p places; NULL where more than `scale` would stand
    // behind the point, or too many before it for any type.
    """
    CREATE MACRO dovetail_moved(n, scale) AS list_transform(list_transform(list_transform(
      [regexp_extract(n, '^([+-]?)([0-9]*)\\.?([0-9]*)[eE]([+-]?)([0-9]+)$',
        ['s', 'i', 'f', 'd', 'e'])],
      lambda x: {s: x.s, w: x.i || x.f, t: rtrim(x.i || x.f, '0'), d: x.d, f: x.f,
        e: ltrim(x.e, '0')}),
      lambda x: {s: x.s, w: x.w, n: ltrim(x.t, '0'), p: strlen(x.w) - strlen(x.t) - strlen(x.f)
        + CASE WHEN strlen(x.e) < 10 THEN CAST(x.d || '0' || x.e AS BIGINT) END}),
      lambda x: CASE WHEN x.w = '' THEN NULL WHEN x.n = '' THEN '0'
        WHEN x.p BETWEEN 0 AND 99 THEN x.s || x.n || repeat('0', x.p)
        WHEN x.p BETWEEN -scale AND -1 THEN x.s || left(x.n, greatest(strlen(x.n) + x.p, 0)) || '.'
          || right(repeat('0', -x.p) || x.n, -x.p) END)[1]
    """,
    // The parts of an ISO 8601 date and time as DuckDB spells it; a date alone is its midnight.
    """
    CREATE MACRO dovetail_instant(x) AS
    CASE WHEN x.d <> '' THEN x.d || ' ' || CASE x.m WHEN '' THEN '00:00' ELSE x.m END
      || ':' || CASE x.s WHEN '' THEN '00' ELSE x.s END || '.' || x.f || '0'
      || CASE WHEN x.z IN ('', 'Z') THEN '' WHEN strlen(x.z) = 3 THEN x.z
        ELSE left(x.z, 3) || ':' || right(x.z, 2) END END
    """,
    // An object whose numbers with a fraction or an exponent are strings behind a mark. Without escapes a
    // quote and a colon end a name, and without lists every number follows one; else strings are matched
    // too, so that numbers inside them stay what they are.
    #"""
    CREATE MACRO dovetail_marked(j) AS CASE
    WHEN NOT regexp_matches(j, '[0-9][.eE]|-0') THEN j
    WHEN NOT contains(j, '[') AND NOT contains(j, '\')
    THEN regexp_replace(j, '("\s*:\s*)(-?[0-9]+[.eE][0-9.eE+-]*|-0)', '\1"\\u0001\\u0002\2"', 'g')
    ELSE replace(replace(replace(regexp_replace(j,
      '("(?:[^"\\]|\\.)*")|(-?[0-9][0-9.eE+-]*)', '\1' || chr(1) || '\2' || chr(2), 'gs'),
      chr(1) || chr(2), ''), chr(1), '"\u0001\u0002'), chr(2), '"') END
    """#,
    // Text without the marks of numbers, which are no strings any more.
    #"CREATE MACRO dovetail_unmarked(t) AS regexp_replace(t, '"\\u0001\\u0002([^"]*)"', '\1', 'g')"#,
    "CREATE MACRO dovetail_is_number(s) AS starts_with(s, chr(1) || chr(2))",
    """
    CREATE MACRO dovetail_number(s) AS
    CASE WHEN starts_with(s, chr(1) || chr(2)) THEN substr(s, 3) ELSE s END
    """,
  ]

  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  private static let blanks = "chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)"
}

extension String {
  /// The expression without the blanks around its text.
  var sqlBare: String { "dovetail_bare(\(self))" }
}
