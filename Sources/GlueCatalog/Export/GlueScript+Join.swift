extension GlueScript {
  /// Finding what is new, loading and joining.
  static let join = #"""
    def touched(glue, name, database, table):
        """The output partitions in which an input has new files.

        This is all that the bookmark is for: it remembers files by transformation_ctx, one an input. The rows of new files
        alone are not joined: their partners are in files that were read before.
        """
        frame = glue.create_dynamic_frame.from_catalog(
            database=database, table_name=table, transformation_ctx=name).toDF()
        # Trap: without new files the frame has no columns at all.
        if not frame.columns:
            return set()
        rows = frame.select(*[key for key, _ in KEYS]).distinct().collect()
        return {texts_of(row) for row in rows}


    def load(spark, glue, name, database, table, partitions):
        """The rows of an input in these partitions, in full.

        Trap: with a transformation_ctx only new files would be read. The partition is text beside the row, `_partition`,
        so that NULL meets NULL, and '01' does not meet 1.
        """
        from pyspark.sql import functions as sql

        def read(**options):
            return glue.create_dynamic_frame.from_catalog(
                database=database, table_name=table, **options).toDF()

        parts = predicates(partitions, KEYS)
        if parts is None or len(parts) > MAX_LOADS:
            frames = [read()]
        else:
            frames = [read(push_down_predicate=part) for part in parts]
        frames = [frame for frame in frames if frame.columns]
        if not frames:
            # No file of these partitions: the columns are the table's.
            frames = [spark.table("`%s`.`%s`" % (database, table)).limit(0)]
        rows = frames[0]
        for frame in frames[1:]:
            # The predicates exclude each other.
            rows = rows.unionByName(frame, allowMissingColumns=True)
        rows = rows.withColumn("_partition", partition_column(sql))
        # Whatever a predicate let through: exactly the touched partitions.
        wanted = spark.createDataFrame([(key_of(values),) for values in partitions], "_partition string")
        return rows.join(sql.broadcast(wanted), "_partition", "left_semi")


    def key_of(values):
        import json

        return json.dumps(values, ensure_ascii=False)


    def partition_column(sql):
        """The text of `key_of`, made of the columns."""
        from pyspark.sql import types

        make = sql.udf(lambda *values: key_of(texts_of(values)), types.StringType())
        return make(*[sql.col("`%s`" % key) for key, _ in KEYS])


    def joined(spark, frames, partitions):
        """The job's join of the touched partitions, the output's keys last, as insertInto wants them."""
        names = [key for key, _ in KEYS]
        keys = spark.createDataFrame(
            [[key_of(values)] + list(values) for values in partitions],
            ", ".join(["_partition string"] + ["`%s` string" % key for key in names]))
        typed = ["CAST(`%s` AS %s) AS `%s`" % (key, kind, key) for key, kind in KEYS]
        keys = keys.selectExpr("_partition", *typed)
        if SQL is not None:
            return each_partition(spark, frames, partitions, keys)
        keys.createOrReplaceTempView("_touched")
        inputs = []
        for name, frame in frames:
            # Without the output's keys: they would be ambiguous, and are equal by _partition.
            frame = frame.drop(*names)
            frame.createOrReplaceTempView(name)
            inputs.append((name, [column for column in frame.columns if column != "_partition"]))
        columns = SELECT or every_column(ON, inputs, KEYS)
        condition = ", ".join("`%s`" % column for column in ON + ["_partition"])
        tables = "`%s`" % frames[0][0]
        for name, _ in frames[1:]:
            tables += " %s JOIN `%s` USING (%s)" % (TYPE.upper(), name, condition)
        return spark.sql("SELECT %s, %s FROM %s JOIN _touched USING (_partition)" % (
            ", ".join(columns), ", ".join("_touched.`%s`" % key for key in names), tables))


    def each_partition(spark, frames, partitions, keys):
        """The job's SELECT, which is about one output partition: an aggregate must not run over several of them."""
        names = [key for key, _ in KEYS]
        result = None
        for values in sorted(partitions, key=key_of):
            for name, frame in frames:
                rows = frame.where(frame["_partition"] == key_of(values)).drop("_partition")
                rows.createOrReplaceTempView(name)
            rows = spark.sql(SQL).drop(*names)
            row = keys.where(keys["_partition"] == key_of(values)).drop("_partition")
            rows = rows.crossJoin(row)
            result = rows if result is None else result.unionByName(rows, allowMissingColumns=True)
        return result
    """#
}
