"""How a store in S3 finds its endpoint, region and credentials: as the AWS tools do."""

import socket

import pytest

from stores import NO_WAITING, error_of, write_new
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.open import open_store
from xchange_cli.storage.open_s3 import open_s3
from xchange_cli.storage.retrying import MOST_TRIES

SECRET = "a-very-secret-key"


def told(act) -> tuple[ErrorCode, str]:
    with pytest.raises(XchangeError) as caught:
        act()
    return caught.value.code, caught.value.message


def test_credentials_that_are_missing_are_asked_for(s3_place, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    error = error_of(lambda: open_store(s3_place.url, s3_place.root).read("a"))
    assert (error.code, error.message) == (
        ErrorCode.CREDENTIALS,
        "there are no credentials for S3 that can be used (NoCredentialsError)",
    )
    assert (
        error.hint
        == "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in as with the AWS tools."
    )


def test_half_of_an_access_key_is_none(s3_place, monkeypatch):
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert told(lambda: open_store(s3_place.url, s3_place.root).read("a"))[0] is ErrorCode.CREDENTIALS


@pytest.mark.parametrize("how", ["argument", "environment"])
def test_a_profile_gives_key_region_and_endpoint(s3_place, s3_environment, bare_aws, monkeypatch, how):
    profile = {
        "aws_access_key_id": "x",
        "aws_secret_access_key": SECRET,
        "region": "eu-west-1",
        "endpoint_url": s3_environment["AWS_ENDPOINT_URL"],
    }
    lines = "\n".join(f"{name} = {value}" for name, value in profile.items())
    (bare_aws / "config").write_text(f"[profile deploy]\n{lines}\n")
    for name in s3_environment.keys() - {"AWS_EC2_METADATA_DISABLED"}:
        monkeypatch.delenv(name)
    if how == "environment":
        monkeypatch.setenv("AWS_PROFILE", "deploy")
    store = open_store(s3_place.url, s3_place.root, profile="deploy" if how == "argument" else "")
    assert write_new(store, "a", b"1")


def test_a_profile_that_is_not_there_is_named(s3_place):
    assert told(lambda: open_store(s3_place.url, s3_place.root, profile="nobody")) == (
        ErrorCode.CREDENTIALS,
        "there is no AWS profile 'nobody'",
    )


def test_a_program_for_credentials_that_fails_tells_none_of_its_words(s3_place, bare_aws, monkeypatch):
    (bare_aws / "config").write_text(f"[profile p]\ncredential_process = sh -c 'echo {SECRET} >&2; exit 1'\n")
    monkeypatch.setenv("AWS_PROFILE", "p")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert told(lambda: open_store(s3_place.url, s3_place.root).read("a")) == (
        ErrorCode.CREDENTIALS,
        "there are no credentials for S3 that can be used (CredentialRetrievalError)",
    )


@pytest.fixture
def closed_port():
    """Give a port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_an_endpoint_that_cannot_be_reached_may_be_later(s3_place, closed_port):
    waits = []
    endpoint = f"http://127.0.0.1:{closed_port}"
    store = open_s3(s3_place.url, endpoint_url=endpoint, clock=NO_WAITING._replace(sleep=waits.append))
    error = error_of(lambda: store.read("a"))
    assert (error.code, error.retryable, len(waits)) == (ErrorCode.NETWORK, True, MOST_TRIES - 1)
    assert error.message == (
        f"127.0.0.1:{closed_port} cannot be reached to read {s3_place.url}/a (EndpointConnectionError)"
    )


def test_the_endpoint_that_is_given_wins_over_the_environment(s3_place, s3_server, closed_port, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port}")
    assert write_new(open_store(s3_place.url, s3_place.root, endpoint_url=s3_server[1]), "a", b"1")


def test_the_service_that_the_environment_names_wins_over_all_services(
    s3_place, s3_server, closed_port, monkeypatch
):
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port}")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_server[1])
    assert write_new(open_store(s3_place.url, s3_place.root), "a", b"1")


class _AskedError(Exception):
    """Takes the place of a request."""


def address(**options: str) -> str:
    """Give the URL that is asked for an object."""
    store = open_s3("s3://acme-registry/x", **options)

    def ask(request, **_facts):
        raise _AskedError(request.url)

    store._store._client.meta.events.register("before-send", ask)
    with pytest.raises(_AskedError) as asked:
        store.read("a")
    return str(asked.value)


@pytest.mark.parametrize(
    ("environment", "options", "url"),
    [
        ({"AWS_REGION": "eu-north-1"}, {}, "https://acme-registry.s3.eu-north-1.amazonaws.com/x/a"),
        ({"AWS_DEFAULT_REGION": "eu-north-1"}, {}, "https://acme-registry.s3.eu-north-1.amazonaws.com/x/a"),
        (
            {"AWS_REGION": "eu-north-1"},
            {"region": "eu-south-1"},
            "https://acme-registry.s3.eu-south-1.amazonaws.com/x/a",
        ),
        ({}, {}, "https://acme-registry.s3.amazonaws.com/x/a"),
        ({"AWS_ENDPOINT_URL": "http://minio:9000"}, {}, "http://minio:9000/acme-registry/x/a"),
        ({}, {"endpoint_url": "https://minio.acme.test"}, "https://minio.acme.test/acme-registry/x/a"),
    ],
)
def test_amazon_has_a_host_for_each_bucket_and_others_a_path(
    bare_aws, monkeypatch, environment, options, url
):
    for name, value in {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", **environment}.items():
        monkeypatch.setenv(name, value)
    assert address(**options) == url


@pytest.mark.parametrize(
    "endpoint",
    ["localhost:9000", "ftp://x", "https://", f"https://me:{SECRET}@minio.test", "http://[", "http://x:port"],
)
def test_endpoints_that_are_none_are_refused(bare_aws, endpoint):
    error = error_of(lambda: open_store("s3://acme/x", bare_aws, endpoint_url=endpoint))
    assert error.code is ErrorCode.USAGE
    assert SECRET not in error.message + error.hint


def test_regions_that_are_none_are_refused(bare_aws):
    assert told(lambda: open_store("s3://acme/x", bare_aws, region="not a region")) == (
        ErrorCode.USAGE,
        "the endpoint or the region cannot be used",
    )
