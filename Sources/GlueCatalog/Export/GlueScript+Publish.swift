extension GlueScript {
  /// Publishing, and the order of everything.
  static let publish = #"""
    def write(spark, result):
        """Replaces the partitions that have rows; the table stays in the catalog all the while.

        Trap: saveAsTable with mode overwrite drops the table, and with static overwrite every other partition goes.
        """
        database, table = OUTPUT
        name = "`%s`.`%s`" % (database, table)
        spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
        spark.conf.set("hive.exec.dynamic.partition.mode", "nonstrict")
        if not spark.catalog.tableExists("%s.%s" % (database, table)):
            result.write.partitionBy(*[key for key, _ in KEYS]).format("parquet").option(
                "path", LOCATION).saveAsTable(name)
            return
        # insertInto goes by position, so that the columns are put into the table's order by name.
        result.select(*["`%s`" % column for column in spark.table(name).columns]).write.mode(
            "overwrite").insertInto(name)


    def remove(glue, catalog, partitions):
        """Removes touched partitions that have no rows any more.

        Trap: a dynamic overwrite replaces only partitions that receive rows; one whose join is empty would keep its old
        rows for ever. The files go, too: a folder that only the catalog forgets comes back with a crawler. Only the
        partition's own folder is purged; another place may hold files of others.
        """
        database, table = OUTPUT
        for part in chunks(sorted(partitions, key=key_of), 25):
            values = [[NULL if value is None else value for value in partition] for partition in part]
            own = {LOCATION + "/" + path_of(partition, KEYS) for partition in part}
            try:
                answer = catalog.batch_get_partition(
                    DatabaseName=database, TableName=table,
                    PartitionsToGet=[{"Values": partition} for partition in values])
            except catalog.exceptions.EntityNotFoundException:
                return  # There is no table yet, and so nothing to remove.
            places = {place["StorageDescriptor"]["Location"].rstrip("/") for place in answer.get("Partitions", [])}
            if places - own:
                raise RuntimeError("Partitions are elsewhere than in folders of %s, so that they cannot be removed "
                                   "safely: %s" % (LOCATION, sorted(places - own)))
            answer = catalog.batch_delete_partition(
                DatabaseName=database, TableName=table,
                PartitionsToDelete=[{"Values": partition} for partition in values])
            failed = [error for error in answer.get("Errors", [])
                      if error["ErrorDetail"]["ErrorCode"] != "EntityNotFoundException"]
            if failed:
                raise RuntimeError("Partitions could not be deleted from the catalog: %s" % failed)
            for place in sorted(own):
                glue.purge_s3_path(place + "/", {"retentionPeriod": 0})


    def main():
        import sys

        import boto3
        from awsglue.context import GlueContext
        from awsglue.job import Job
        from awsglue.utils import getResolvedOptions
        from pyspark.context import SparkContext

        options = getResolvedOptions(sys.argv, ["JOB_NAME"])
        glue = GlueContext(SparkContext.getOrCreate())
        spark = glue.spark_session
        job = Job(glue)
        job.init(options["JOB_NAME"], options)
        # A partition is rebuilt when any input has something new in it.
        partitions = set()
        for name, database, table in INPUTS:
            partitions |= touched(glue, name, database, table)
        if not partitions:
            # Trap: nothing new is not a predicate, and an empty predicate would load and publish everything.
            job.commit()
            return
        frames = [(name, load(spark, glue, name, database, table, partitions)) for name, database, table in INPUTS]
        result = joined(spark, frames, partitions).cache()
        rows = result.select(*["`%s`" % key for key, _ in KEYS]).distinct().collect()
        written = {texts_of(row) for row in rows}
        if written:
            write(spark, result)
        remove(glue, boto3.client("glue"), partitions - written)
        # Last: what is not published stays new. A run that ends before is done again, with the same result.
        job.commit()


    if __name__ == "__main__":
        main()
    """#
}
