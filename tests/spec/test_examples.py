"""The examples do what their READMEs say: with servers on this machine, through the command line."""

import json
import shutil

import pytest

from aws_server import aws, bare_aws, moto_url
from conftest import REPOSITORY
from servers import answer, server

__all__ = ["aws", "bare_aws", "moto_url", "server"]

EXAMPLES = REPOSITORY / "examples"
PAGE_1 = json.loads((EXAMPLES / "paged-orders-to-s3" / "api" / "orders.json").read_text("utf-8"))
PAGE_2 = json.loads((EXAMPLES / "paged-orders-to-s3" / "api" / "orders-2.json").read_text("utf-8"))
CSV = """\
number,customer,ordered,amount,currency,euros
A-1001,Ada,2026-05-02T09:30:00Z,67.9,EUR,67.9
A-1002,"Bob, ""the builder""\",2026-05-02T10:00:00Z,20,USD,18
A-1003,Cleo,2026-05-11T17:45:00Z,8.5,EUR,8.5"""
ADA, BOB, CLEO, DAN = (
    {"id": number, "name": name} for number, name in enumerate(("Ada", "Bob", "Cleo", "Dan"))
)


@pytest.fixture
def example(tmp_path, xchange):
    """Give what runs the program in a copy of an example."""

    def copied(name):
        folder = shutil.copytree(EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns(".xchange"))

        def run(*arguments, env=None):
            ran = xchange(*arguments, "--output", "json", cwd=folder, env=env)
            return ran.code, json.loads(ran.out)

        return run

    return copied


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_an_example_is_valid_without_findings(example, name):
    exit_code, report = example(name)("validate")
    assert (exit_code, report["findings"]) == (0, [])


# --- paged orders to S3


@pytest.fixture
def export(example, server, aws):
    """Run the flow against a bucket and the pages that `server` has."""
    aws.bucket("order-files")
    server.on("/orders.json", answer(200, PAGE_1))
    server.on("/orders-2.json", answer(200, PAGE_2))
    server.on("/rates.json", answer(200, {"USD": 0.9}))
    run = example("paged-orders-to-s3")
    env = {
        "ORDERS_URL": server.url(""),
        "ORDERS_KEY": "a-secret-key-of-acme",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLEEXAMPLE00",
        "AWS_SECRET_ACCESS_KEY": "a-very-secret-key",
    }
    return lambda: run("run", "--config", "dev", "--payload", "since-may", "--no-wait", env=env)


def stored(aws):
    """Give the texts in the bucket, by key."""
    client = aws.client("s3")
    found = client.list_objects_v2(Bucket="order-files").get("Contents", [])
    return {
        one["Key"]: client.get_object(Bucket="order-files", Key=one["Key"])["Body"].read().decode()
        for one in found
    }


def test_the_orders_of_all_pages_become_one_file_in_the_bucket(export, server, aws):
    exit_code, run = export()

    assert (exit_code, run["status"]) == (0, "success")
    assert run["response"]["body"] == {
        "bucket": "order-files",
        "file": "orders/since-2026-05-01.csv",
        "orders": 3,
        "pages": 2,
    }
    assert stored(aws) == {"orders/since-2026-05-01.csv": CSV}
    assert [got.target for got in server.requests] == [
        "/rates.json",
        "/orders.json?since=2026-05-01",
        "/orders-2.json",
    ]
    assert {got.headers["authorization"] for got in server.requests} == {"Bearer a-secret-key-of-acme"}


def test_a_page_is_tried_again_and_rates_may_be_missing(export, server, aws):
    server.on("/rates.json", answer(500, b"no rates"))
    server.on("/orders-2.json", answer(503, b"busy"), answer(200, PAGE_2))
    exit_code, _ = export()

    assert exit_code == 0
    assert stored(aws) == {"orders/since-2026-05-01.csv": CSV.replace("USD,18", "USD,20")}


def test_no_file_is_put_when_a_page_cannot_be_read(export, server, aws):
    server.on("/orders-2.json", answer(503, b"busy"))
    exit_code, run = export()

    assert (exit_code, run["error"]["path"]) == (10, "eachPage[1]/getPage")
    assert stored(aws) == {}


def test_without_orders_nothing_is_stored(export, server, aws):
    server.on("/orders.json", answer(200, {"orders": [], "next": None}))
    exit_code, run = export()

    assert (exit_code, run["response"]["body"], stored(aws)) == (0, {"orders": 0}, {})


def test_the_recorded_answers_need_no_server(example):
    exit_code, run = example("paged-orders-to-s3")(
        *("run", "--config", "recorded", "--payload", "since-may"),
        *("--http", "replay", "--mock", 'putFile={"ETag": "none"}'),
    )

    assert (exit_code, run["response"]["body"]["orders"]) == (0, 3)
    assert next(step["result"] for step in run["steps"] if step["ref"] == "ordersAsCsv") == CSV


# --- nightly sync


@pytest.fixture
def nightly(example, server):
    """Run the sync at two in the night of a day of May."""
    run = example("nightly-sync")
    env = {"SOURCE_URL": server.url(""), "TARGET_URL": server.url("")}

    def sync(day, *more):
        at = f"2026-05-{day}T02:00"
        return run("run", "--config", "dev", "--trigger", "schedule", "--at", at, "--no-wait", *more, env=env)

    sync.xchange = run
    return sync


def kept(nightly):
    _, listed = nightly.xchange("state", "list")
    return {entry["key"]: entry["value"] for entry in listed["entries"]}


def sent(server):
    return [got.json for got in server.requests if got.method == "POST"]


def asked_since(server):
    return [dict(got.query)["since"] for got in server.requests if got.path == "/changes.json"]


def test_the_second_night_goes_on_where_the_first_one_ended(nightly, server):
    first, second = "2026-05-18T00:00:00Z", "2026-05-19T00:00:00Z"
    server.on(
        "/changes.json",
        answer(200, {"changes": [ADA, BOB, CLEO], "until": first}),
        answer(200, {"changes": [DAN], "until": second}),
    )
    server.on("/customers", answer(200, {"accepted": 2}))

    assert nightly(18)[0] == nightly(19)[0] == 0
    assert asked_since(server) == ["2026-01-01T00:00:00Z", first]
    assert sent(server) == [[ADA, BOB], [CLEO], [DAN]]
    assert kept(nightly) == {"leftOver": [], "syncedUntil": second}


def test_a_batch_that_fails_is_tried_again(nightly, server):
    server.on("/changes.json", answer(200, {"changes": [ADA, BOB, CLEO], "until": "2026-05-18T00:00:00Z"}))
    server.on("/customers", answer(503, b"busy"), answer(200, {"accepted": 2}))
    exit_code, run = nightly(18)

    assert exit_code == 0
    assert sent(server) == [[ADA, BOB], [ADA, BOB], [CLEO]]
    assert [one["status"] for one in run["executions"]] == ["error", "success", "success"]
    assert kept(nightly)["leftOver"] == []


def test_a_batch_that_fails_twice_is_left_over_for_the_next_night(nightly, server):
    server.on(
        "/changes.json",
        answer(200, {"changes": [ADA, BOB, CLEO], "until": "2026-05-18T00:00:00Z"}),
        answer(200, {"changes": [DAN], "until": "2026-05-19T00:00:00Z"}),
    )
    server.on("/customers", answer(500, b"no"), answer(500, b"no"), answer(200, {"accepted": 2}))
    exit_code, run = nightly(18)

    assert exit_code == 0
    assert kept(nightly)["leftOver"] == [ADA, BOB]
    assert [log["message"] for log in run["logs"]] == [
        "3 changes, 0 left over",
        "batch 1 is left over for the next night",
        "in sync until 2026-05-18T00:00:00Z",
    ]
    assert nightly(19)[0] == 0
    assert sent(server)[3:] == [[ADA, BOB], [DAN]]
    assert kept(nightly)["leftOver"] == []


def test_the_flow_is_run_again_when_the_changes_cannot_be_read(nightly, server):
    changes = answer(200, {"changes": [ADA], "until": "2026-05-18T00:00:00Z"})
    server.on("/changes.json", answer(500, b"no"), answer(500, b"no"), changes)
    server.on("/customers", answer(200, {"accepted": 1}))
    exit_code, run = nightly(18, "--retry")

    assert (exit_code, run["status"], run["attempt"]) == (0, "success", 3)
    assert [(one["flow"], one["attempt"], one["status"]) for one in run["executions"]] == [
        ("Sync Changes", 1, "error"),
        ("Sync Changes", 2, "error"),
        ("Send Batch", 1, "success"),
    ]
    assert kept(nightly) == {"leftOver": [], "syncedUntil": "2026-05-18T00:00:00Z"}


def test_without_retry_a_failed_night_keeps_nothing(nightly, server):
    server.on("/changes.json", answer(500, b"no"))

    assert (nightly(18)[0], kept(nightly)) == (10, {})
