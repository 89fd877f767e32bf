"""AWS on this machine: a server that behaves like it, and what a test needs to use it."""

import warnings
from functools import cache

import httpx
import pytest

from contexts import RecordingContext
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionResult

REGION = "eu-central-1"
KEY = {"dynamicAccessKeyId": "AKIAEXAMPLEEXAMPLE00", "dynamicSecretAccessKey": "a-very-secret-key"}
CONNECTION = {
    "key": "apiKeySecret",
    "configVarKey": "AWS",
    "fields": {"accessKeyId": "AKIAEXAMPLEEXAMPLE00", "secretAccessKey": "a-very-secret-key"},
}

_CATALOG = Catalog.load()
_IMPLEMENTATIONS = Implementations()
_VARIABLES = (
    "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION "
    "AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3 AWS_ENDPOINT_URL_SQS AWS_ENDPOINT_URL_SNS AWS_ENDPOINT_URL_STS"
)


def perform(component: str, action: str, context: RecordingContext, **inputs) -> ActionResult:
    """Perform an action as a run does: with every input that the catalogue has, None where it is not set."""
    declared = _CATALOG.action(component, action).inputs
    assert inputs.keys() <= declared.keys()
    return _IMPLEMENTATIONS.perform_for(component, action)(context, {**dict.fromkeys(declared), **inputs})


@cache
def _client(service: str, url: str):
    import botocore.session

    return botocore.session.Session().create_client(
        service, REGION, endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test"
    )


def end(context: RecordingContext) -> None:
    """Close what was kept, the youngest first, as at the end of a run."""
    for made in reversed(context.made.values()):
        if hasattr(made, "close"):
            made.close()


class Aws:
    """The server as a test sees it: `context` may connect, and remembers what it was asked to allow."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.context = RecordingContext(connects=True)

    def client(self, service: str):
        return _client(service, self.url)

    def bucket(self, name: str = "acme", **options) -> str:
        place = {"LocationConstraint": REGION}
        self.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=place, **options)
        return name


@pytest.fixture(scope="session")
def moto_url():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from moto.server import ThreadedMotoServer

        server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bare_aws(monkeypatch, tmp_path):
    """Take away what the machine says of AWS."""
    for name in _VARIABLES.split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    return tmp_path


@pytest.fixture
def aws(moto_url, bare_aws, monkeypatch):
    """An empty server, which the environment names."""
    httpx.post(f"{moto_url}/moto-api/reset").raise_for_status()
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    monkeypatch.setenv("AWS_REGION", REGION)
    server = Aws(moto_url)
    yield server
    end(server.context)
