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
    // A number with an exponent is exact in a scale when its digits, moved, do not pass it.
    """
    CREATE MACRO dovetail_is_exact_power(n, scale) AS
    (contains(n, 'e') OR contains(n, 'E')) AND list_transform(
      [regexp_extract(n, '^[+-]?([0-9]*)\\.?([0-9]*)[eE]([+-]?[0-9]{1,9})$', ['i', 'f', 'e'])],
      lambda x: x.i || x.f <> '' AND (rtrim(x.i || x.f, '0') = ''
        OR TRY_CAST(x.e AS INTEGER) - strlen(x.f) + strlen(x.i || x.f)
          - strlen(rtrim(x.i || x.f, '0')) >= -scale))[1]
    """,
    // The parts of an ISO 8601 date and time as DuckDB spells it; a date alone is its midnight.
    """
    CREATE MACRO dovetail_instant(x) AS
    CASE WHEN x.d <> '' THEN x.d || ' ' || CASE x.m WHEN '' THEN '00:00' ELSE x.m END
      || ':' || CASE x.s WHEN '' THEN '00' ELSE x.s END || '.' || x.f || '0'
      || CASE WHEN x.z IN ('', 'Z') THEN '' WHEN strlen(x.z) = 3 THEN x.z
        ELSE left(x.z, 3) || ':' || right(x.z, 2) END END
    """,
    // The digits of the numbers of an object that are the same double as some digits of DuckDB's.
    """
    CREATE MACRO dovetail_digits(object, pattern, digits) AS
    list_filter(regexp_extract_all(object, pattern, 1),
      lambda x: TRY_CAST(x AS DOUBLE) = TRY_CAST(digits AS DOUBLE))
    """,
    // The only one of some texts.
    "CREATE MACRO dovetail_only(texts) AS CASE WHEN len(list_distinct(texts)) = 1 THEN texts[1] END",
    // Zeros behind a fraction are no part of its value.
    """
    CREATE MACRO dovetail_without_zeros(texts) AS list_transform(texts, lambda x:
      CASE WHEN contains(x, '.') AND NOT regexp_matches(x, '[eE]') THEN rtrim(x, '0') ELSE x END)
    """,
    // The digits of a number as they stand in its object. Where DuckDB's spelling follows the field's
    // name it is the file's own.
    """
    CREATE MACRO dovetail_is_spelled(object, label, digits) AS label <> '' AND (
      contains(object, label || digits || ',') OR contains(object, label || digits || '}')
      OR contains(object, label || ' ' || digits || ',')
      OR contains(object, label || ' ' || digits || '}'))
    """,
    """
    CREATE MACRO dovetail_number(object, label, pattern, digits) AS
    CASE WHEN dovetail_is_spelled(object, label, digits) THEN digits ELSE coalesce(
      dovetail_only(dovetail_without_zeros(dovetail_digits(object, pattern, digits))),
      dovetail_only(dovetail_without_zeros(
        dovetail_digits(object, '(-?[0-9][0-9.eE+-]*)', digits)))) END
    """,
    """
    CREATE MACRO dovetail_spelling(object, label, pattern, digits) AS
    CASE WHEN dovetail_is_spelled(object, label, digits) THEN digits ELSE coalesce(
      dovetail_only(dovetail_digits(object, pattern, digits)),
      dovetail_only(dovetail_digits(object, '(-?[0-9][0-9.eE+-]*)', digits))) END
    """,
  ]

  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  private static let blanks = "chr(32) || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)"
}

extension String {
  /// The expression without the blanks around its text.
  var sqlBare: String { "dovetail_bare(\(self))" }
}
