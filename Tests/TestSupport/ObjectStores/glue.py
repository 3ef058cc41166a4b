"""Runs moto as a Glue Data Catalog with what Glue has and moto lacks.

    glue.py PORT

Signatures are verified: the key `test` may do everything, the key `reader` may not ask for GetPartitions. Batches and
expressions have Glue's limits, GetPartitions has pages, segments and ExcludeColumnSchema, and a table is replaced by its
version only.
"""

import copy
import json
import os
import sys

os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "0"

import moto.server
from moto.core.responses import ActionResult
from moto.glue.exceptions import GlueClientError
from moto.glue.responses import GlueResponse
from moto.iam.models import iam_backends

ACCOUNT = "123456789012"
# Glue gives up to 1,000, and fewer whenever it likes.
PAGE = 50
BATCHES = {
    "batch_create_partition": ("PartitionInputList", 100),
    "batch_update_partition": ("Entries", 100),
    "batch_delete_partition": ("PartitionsToDelete", 25),
    "batch_get_partition": ("PartitionsToGet", 1000),
}


def too_long(field, limit):
    return GlueClientError(
        "ValidationException",
        f"1 validation error detected: Value at '{field}' failed to satisfy constraint: "
        f"Member must have length less than or equal to {limit}",
    )


def limited(name, field, limit):
    carry_out = getattr(GlueResponse, name)

    def checked(self):
        if len(self.parameters.get(field) or []) > limit:
            raise too_long(field, limit)
        return carry_out(self)

    setattr(GlueResponse, name, checked)


def paged(get_partitions):
    def page(self):
        if len(self.parameters.get("Expression") or "") > 2048:
            raise too_long("expression", 2048)
        answer = dict(get_partitions(self).result)
        partitions = answer["Partitions"]
        segment = self.parameters.get("Segment")
        if segment:
            partitions = partitions[segment["SegmentNumber"] :: segment["TotalSegments"]]
        if self.parameters.get("ExcludeColumnSchema"):
            partitions = copy.deepcopy(partitions)
            for partition in partitions:
                partition.get("StorageDescriptor", {}).pop("Columns", None)
        start = int(self.parameters.get("NextToken") or 0)
        end = start + min(self.parameters.get("MaxResults") or 100, PAGE)
        answer["Partitions"] = partitions[start:end]
        if end < len(partitions):
            answer["NextToken"] = str(end)
        return ActionResult(answer)

    return page


def versioned(update_table):
    def update(self):
        version = self.parameters.get("VersionId")
        if version is not None:
            name = self.parameters["TableInput"]["Name"]
            table = self.glue_backend.get_table(self.parameters["DatabaseName"], name)
            if str(table.as_dict().get("VersionId")) != str(version):
                raise GlueClientError(
                    "ConcurrentModificationException",
                    "Update table failed due to concurrent modifications.",
                )
        return update_table(self)

    return update


def add_key(name, secret, statements):
    """A user with a key of this id."""
    backend = iam_backends[ACCOUNT]["global"]
    backend.create_user("us-east-1", name)
    key = backend.create_access_key(name)
    key.access_key_id, key.secret_access_key = name, secret
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    backend.put_user_policy(name, "policy", policy)


for name, (field, limit) in BATCHES.items():
    limited(name, field, limit)
GlueResponse.get_partitions = paged(GlueResponse.get_partitions)
GlueResponse.update_table = versioned(GlueResponse.update_table)
everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
add_key("test", "testsecret", [everything])
add_key(
    "reader", "testsecret", [everything, {"Effect": "Deny", "Action": "glue:GetPartitions", "Resource": "*"}]
)
moto.server.main(["-H", "127.0.0.1", "-p", sys.argv[1]])
