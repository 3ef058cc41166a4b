extension GlueScript {
  /// The part that knows neither Spark nor Glue: texts of partitions, predicates and columns.
  static let predicates = #"""
    # Glue's Expression and the arguments of a job end at 2,048 characters; longer predicates are split.
    LIMIT = 2000
    # More loads than this cost more than one load of everything.
    MAX_LOADS = 10
    NULL = "__HIVE_DEFAULT_PARTITION__"


    def text_of(value, kind):
        """A partition value as text; None for NULL. Text stays as it is, so that '01' is not '1'; numbers lose their zeros."""
        if value is None or value == NULL:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(int(value)) if kind in ("int", "bigint") else str(value)


    def texts_of(values):
        """A row of the output's keys as a partition."""
        return tuple(text_of(value, kind) for value, (_, kind) in zip(values, KEYS))


    def literal(value, kind):
        """A value as Spark SQL. Trap: a quote is escaped by a backslash; '' would join two texts without the quote."""
        if kind in ("int", "bigint", "boolean") or kind.startswith("decimal"):
            return value
        text = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return text if kind == "string" else kind + " " + text


    def named(key):
        return key if key.isidentifier() else "`" + key.replace("`", "``") + "`"


    def predicates(partitions, keys):
        """Predicates, each below LIMIT, that together select exactly these partitions.

        Partitions with the same first keys are grouped: `month = 1 AND day IN (2, 3)`. A chain of one OR per partition
        grows beyond any limit. None where no predicate can say it: NULL is not a value that `=` or `IN` finds, and Glue's
        IS NULL finds nothing. Nothing to select gives no predicate, and never an empty one, which would select everything.
        """
        groups = {}
        for partition in sorted(partitions, key=lambda values: [value or "" for value in values]):
            if None in partition:
                return None
            groups.setdefault(partition[:-1], []).append(partition[-1])
        found, line = [], ""
        for first, last in groups.items():
            for clause in clauses(first, last, keys):
                if len(clause) > LIMIT:
                    return None
                if line and len(line) + 4 + len(clause) > LIMIT:
                    found.append(line)
                    line = ""
                line = line + " OR " + clause if line else clause
        return found + [line] if line else found


    def clauses(first, last, keys):
        """Clauses for partitions that share all values but the last, as few as fit into LIMIT."""
        start = "".join(
            named(key) + " = " + literal(value, kind) + " AND " for (key, kind), value in zip(keys, first))
        key, kind = keys[-1]
        head, tail = "(" + start + named(key) + " IN (", "))"
        texts, line = [literal(value, kind) for value in last], ""
        for text in texts:
            if line and len(head) + len(line) + 2 + len(text) + len(tail) > LIMIT:
                yield head + line + tail
                line = ""
            line = line + ", " + text if line else text
        yield head + line + tail


    def path_of(partition, keys):
        """The folder of a partition below the table, as Hive spells it: control and special characters as %XX."""
        special = set("\"#%'*/:=?\\\x7f{[]^")
        def escaped(text):
            return "".join("%%%02X" % ord(c) if ord(c) < 32 or c in special else c for c in text)
        return "/".join(
            escaped(key) + "=" + (NULL if value is None else escaped(value))
            for (key, _), value in zip(keys, partition))


    def chunks(items, size):
        return [items[start:start + size] for start in range(0, len(items), size)]


    def every_column(joined, inputs, keys):
        """What `join:` without `select:` gives: the join's columns once, then all others in the order of the inputs.

        Of two columns of one name the later one is called <input>_<column>; names ignore case.
        """
        taken = {name.lower() for name in joined} | {key.lower() for key, _ in keys}
        found = ["`%s`" % name for name in joined]
        for name, columns in inputs:
            for column in columns:
                if column.lower() in {other.lower() for other in joined}:
                    continue
                alias = column if column.lower() not in taken else name + "_" + column
                if alias.lower() in taken:
                    raise ValueError("The column %s of %s clashes with another one: name the result's with select." % (column, name))
                taken.add(alias.lower())
                found.append("`%s`.`%s` AS `%s`" % (name, column, alias))
        return found
    """#
}
