"""Objects and buckets, over the wire against a server that behaves like Amazon S3."""

import json
from hashlib import md5

import pytest

from aws_server import CONNECTION, REGION, perform
from xchange_cli.components.spec import ActionError, ActionResult

OWNER = "123456789012"
NAME = "Bestellungen/März 2024/ø+&%.csv"
FILE = {"data": b"id;name\n1;\xff\n", "contentType": "text/csv"}


@pytest.fixture
def s3(aws):
    """Perform an action of aws-s3 with a connection, and give its data."""
    aws.bucket()

    def result(action, **inputs):
        return perform("aws-s3", action, aws.context, accessKey=CONNECTION, **inputs)

    def data(action, **inputs):
        return result(action, **inputs).data

    data.result = result
    return data


def test_a_file_comes_back_with_its_bytes_and_its_content_type(s3):
    stored = s3("putObject", bucket="acme", objectKey=NAME, fileContents=FILE)

    assert stored["ETag"] == f'"{md5(FILE["data"]).hexdigest()}"'
    assert "$metadata" not in stored
    assert s3.result("getObject", bucket="acme", objectKey=NAME) == ActionResult(
        data=FILE["data"], content_type="text/csv"
    )


def test_text_is_stored_as_text_and_an_object_as_json(s3):
    s3("putObject", bucket="acme", objectKey="a.txt", fileContents="Größe")
    s3("putObject", bucket="acme", objectKey="a.json", fileContents={"id": 1, "tags": ["ö"]})
    s3("putObject", bucket="acme", objectKey="empty", fileContents="")

    assert s3.result("getObject", bucket="acme", objectKey="a.txt") == ActionResult(
        "Größe".encode(), "text/plain"
    )
    assert s3.result("getObject", bucket="acme", objectKey="a.json") == ActionResult(
        '{"id":1,"tags":["ö"]}'.encode(), "application/json"
    )
    assert s3("getObject", bucket="acme", objectKey="empty") == b""


def test_tags_and_acl_are_stored_and_an_empty_acl_is_none(s3, aws):
    tagging = [{"key": "Jahr 1", "value": 2024}, {"key": "kind", "value": "a=b+c"}]

    s3("putObject", bucket="acme", objectKey="a", fileContents="x", tagging=tagging, acl="public-read")
    s3("putObject", bucket="acme", objectKey="b", fileContents="x", tagging=[], acl="")

    client = aws.client("s3")
    assert client.get_object_tagging(Bucket="acme", Key="a")["TagSet"] == [
        {"Key": "Jahr 1", "Value": "2024"},
        {"Key": "kind", "Value": "a=b+c"},
    ]
    grants = client.get_object_acl(Bucket="acme", Key="a")["Grants"]
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL", "READ"]
    assert client.get_object_tagging(Bucket="acme", Key="b")["TagSet"] == []


def test_each_write_says_what_it_writes_and_where(s3, aws):
    s3("putObject", bucket="acme", objectKey="orders.csv", fileContents=FILE, acl="public-read")
    s3(
        "copyObject",
        sourceBucket="acme",
        sourceKey="orders.csv",
        destinationBucket="acme",
        destinationKey="b",
    )
    s3("listObjects", bucket="acme")
    s3("deleteObject", bucket="acme", objectKey="orders.csv")
    s3("deleteObjects", bucket="acme", objectKeys=["b", "c", "d", "e", "f", "g"])

    assert aws.context.writes == [
        ("127.0.0.1", "putObject of orders.csv to the bucket acme (public-read), 12 bytes of text/csv"),
        ("127.0.0.1", "copyObject of orders.csv in the bucket acme to b in the bucket acme"),
        ("127.0.0.1", "deleteObject of orders.csv in the bucket acme"),
        ("127.0.0.1", "deleteObjects of b, c, d, e, f and 1 more in the bucket acme"),
    ]


def test_a_copy_has_the_content_and_the_name_asked_for(s3):
    s3("putObject", bucket="acme", objectKey=NAME, fileContents=FILE)

    copied = s3(
        "copyObject",
        sourceBucket="acme",
        sourceKey=NAME,
        destinationBucket="acme",
        destinationKey="copy ü",
        acl="private",
    )

    assert copied["CopyObjectResult"]["LastModified"].endswith(".000Z")
    assert s3.result("getObject", bucket="acme", objectKey="copy ü").content_type == "text/csv"


def test_objects_are_listed_by_key_or_as_aws_lists_them(s3):
    for key in ("b/2", "b/1", "a", NAME):
        s3("putObject", bucket="acme", objectKey=key, fileContents="x")

    assert s3("listObjects", bucket="acme") == [NAME, "a", "b/1", "b/2"]
    assert s3("listObjects", bucket="acme", prefix="b/", includeMetadata=False) == ["b/1", "b/2"]
    assert s3("listObjects", bucket="acme", prefix="none", maxKeys="") == []
    page = s3("listObjects", bucket="acme", prefix="b/", maxKeys="1", includeMetadata="true")
    assert [item["Key"] for item in page["Contents"]] == ["b/1"]
    assert page["Contents"][0]["LastModified"].endswith(".000Z")
    assert {key: page[key] for key in ("IsTruncated", "KeyCount", "MaxKeys", "Name", "Prefix")} == {
        "IsTruncated": True,
        "KeyCount": 1,
        "MaxKeys": 1,
        "Name": "acme",
        "Prefix": "b/",
    }
    token = page["NextContinuationToken"]
    assert s3("listObjects", bucket="acme", prefix="b/", continuationToken=token) == ["b/2"]


def test_facts_about_an_object_are_plain_json(s3):
    s3("putObject", bucket="acme", objectKey="a", fileContents=FILE)

    head = s3("headObject", bucket="acme", objectKey="a")
    facts = s3("getObjectAttributes", bucket="acme", objectKey="a", objectAttributes=["ObjectSize", "ETag"])

    assert head["$metadata"]["httpStatusCode"] == 200
    assert head["$metadata"]["attempts"] == 1
    assert (head["ContentLength"], head["ContentType"], head["Metadata"]) == (12, "text/csv", {})
    assert facts["ObjectSize"] == 12
    assert json.loads(json.dumps([head, facts])) == [head, facts]


def test_an_object_is_deleted_even_where_there_is_none(s3):
    s3("putObject", bucket="acme", objectKey="a", fileContents="x")

    assert s3("deleteObject", bucket="acme", objectKey="a") == {}
    assert s3("deleteObject", bucket="acme", objectKey="a") == {}
    assert s3("listObjects", bucket="acme") == []


def test_many_objects_are_deleted_at_once(s3):
    for key in ("a", NAME, "kept"):
        s3("putObject", bucket="acme", objectKey=key, fileContents="x")

    deleted = s3("deleteObjects", bucket="acme", objectKeys=["a", NAME])["Deleted"]

    assert sorted(item["Key"] for item in deleted) == [NAME, "a"]
    assert s3("listObjects", bucket="acme") == ["kept"]


def test_versions_are_kept_told_and_asked_for(s3, aws):
    aws.client("s3").put_bucket_versioning(Bucket="acme", VersioningConfiguration={"Status": "Enabled"})

    first = s3("putObject", bucket="acme", objectKey="a", fileContents="one")["VersionId"]
    second = s3("putObject", bucket="acme", objectKey="a", fileContents="three")["VersionId"]
    of_first = s3(
        "getObjectAttributes", bucket="acme", objectKey="a", objectAttributes=["ObjectSize"], versionId=first
    )
    deleted = s3("deleteObject", bucket="acme", objectKey="a")

    assert (of_first["ObjectSize"], of_first["VersionId"]) == (3, first)
    assert first != second
    assert deleted["DeleteMarker"] is True
    with pytest.raises(ActionError, match="AWS answered getObject with NoSuchKey"):
        s3("getObject", bucket="acme", objectKey="a")


def test_an_object_is_locked_until_a_date(s3, aws):
    aws.bucket("vault", ObjectLockEnabledForBucket=True)
    version = s3("putObject", bucket="vault", objectKey="a", fileContents="x")["VersionId"]

    s3(
        "putObjectRetention",
        bucket="vault",
        objectKey="a",
        retentionMode="GOVERNANCE",
        retainUntilDate="2030-01-31T12:00:00Z",
        versionId=version,
    )

    head = s3("headObject", bucket="vault", objectKey="a")
    assert head["ObjectLockMode"] == "GOVERNANCE"
    assert head["ObjectLockRetainUntilDate"] == "2030-01-31T12:00:00.000Z"
    assert aws.context.writes[-1][1] == (
        "putObjectRetention of a in the bucket vault: "
        "{'Mode': 'GOVERNANCE', 'RetainUntilDate': '2030-01-31T12:00:00.000Z'}"
    )


def test_a_bucket_locks_its_objects_for_days_by_default(s3, aws):
    aws.bucket("vault", ObjectLockEnabledForBucket=True)

    s3(
        "putObjectLockConfiguration",
        bucket="vault",
        defaultRetentionMode="COMPLIANCE",
        defaultRetentionDays="3",
        defaultRetentionYears="",
    )

    found = s3("getObjectLockConfiguration", bucket="vault")["ObjectLockConfiguration"]
    assert found == {
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 3, "Years": 0}},
    }
    assert aws.context.writes[-1][1].startswith(
        "putObjectLockConfiguration of the bucket vault: {'ObjectLock"
    )


def test_buckets_are_listed_looked_at_and_deleted(s3, aws):
    aws.bucket("old")

    listed = s3("listBuckets")

    assert [bucket["Name"] for bucket in listed] == ["acme", "old"]
    assert listed[0]["CreationDate"].endswith("Z")
    assert s3("headBucket", bucket="acme")["$metadata"]["httpStatusCode"] == 200
    assert s3("getBucketLocation", bucket="old") == REGION
    assert s3("deleteBucket", bucket="old")["$metadata"]["httpStatusCode"] == 204
    assert [bucket["Name"] for bucket in s3("listBuckets")] == ["acme"]


def test_a_bucket_of_the_oldest_region_tells_it_and_needs_none(s3, aws, monkeypatch):
    import botocore.session

    monkeypatch.delenv("AWS_REGION")
    client = botocore.session.Session().create_client(
        "s3", "us-east-1", endpoint_url=aws.url, aws_access_key_id="a", aws_secret_access_key="b"
    )
    client.create_bucket(Bucket="first")

    assert s3("getBucketLocation", bucket="first") == "us-east-1"


def test_the_account_behind_the_credentials_is_told(s3):
    account = s3("getCurrentAccount")

    assert account["Account"] == OWNER
    assert account["$metadata"]["httpStatusCode"] == 200


def test_the_region_of_a_connection_can_be_told_by_the_step(s3, aws):
    del aws
    assert s3("headBucket", bucket="acme", awsRegion=REGION)["$metadata"]["httpStatusCode"] == 200
