"""A client of S3 made as the AWS tools make theirs: the same environment, profiles and order."""

import os
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.names import checked
from xchange_cli.storage.retrying import Clock, Retrying
from xchange_cli.storage.s3 import S3Store
from xchange_cli.storage.s3_errors import of_library
from xchange_cli.storage.store import Store

_SCHEME = "s3://"
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")
_UNSORTED = "--x-s3"
_FALLBACK_REGION = "us-east-1"
_LONGEST_CONNECT = 10.0
_LONGEST_SILENCE = 60.0


def open_s3(
    url: str, *, endpoint_url: str = "", profile: str = "", region: str = "", clock: Clock | None = None
) -> Store:
    """Open `s3://bucket/prefix`; nothing is connected yet. `clock` is what waits between tries.

    Raises:
        XchangeError: USAGE or CREDENTIALS.

    """
    from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]

    bucket, prefix = _parts(url)
    try:
        client = _client(endpoint_url, profile, region)
    except BotoCoreError as error:
        raise of_library(error) from error
    return Retrying(S3Store(client, bucket, prefix), clock)


def _parts(url: str) -> tuple[str, str]:
    """Give the bucket, and the prefix, which is empty or ends with `/`."""
    bucket, _, prefix = url[len(_SCHEME) :].partition("/")
    if not url.lower().startswith(_SCHEME) or not _BUCKET.fullmatch(bucket):
        raise _wrong(
            "the URL of the registry names no bucket",
            "Write `s3://bucket/prefix`, without any credentials; the name of a bucket has 3 characters or more.",
        )
    if bucket.endswith(_UNSORTED):
        raise _wrong(
            f"the bucket {bucket} is a directory bucket, which lists without an order", "Use another one."
        )
    prefix = prefix.strip("/")
    return bucket, f"{checked(prefix)}/" if prefix else ""


def _client(endpoint_url: str, profile: str, region: str) -> Any:
    import botocore.session  # type: ignore[import-untyped]

    session = botocore.session.Session(profile=profile or None)
    session.register_component("data_loader", _models(session.get_config_variable("data_path")))
    endpoint = endpoint_url or _configured_endpoint(session)
    found = region or os.environ.get("AWS_REGION") or session.get_config_variable("region")
    _require_endpoint(endpoint)
    try:
        return session.create_client(
            "s3",
            region_name=found or _FALLBACK_REGION,
            endpoint_url=endpoint or None,
            config=_config(),
        )
    except ValueError as error:
        raise _wrong("the endpoint or the region cannot be used") from error


def _config() -> Any:
    """Configure one try a call, and what stores that only resemble S3 understand.

    The library asks Amazon for the host of a bucket and others for a path, unless the profile says otherwise.
    """
    from botocore.config import Config  # type: ignore[import-untyped]

    return Config(
        signature_version="s3v4",
        connect_timeout=_LONGEST_CONNECT,
        read_timeout=_LONGEST_SILENCE,
        retries={"mode": "standard", "total_max_attempts": 1},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        user_agent_extra="xchange-cli",
    )


def _configured_endpoint(session: Any) -> str:
    """Give where the environment or the profile says that S3 is; empty where they do not."""
    from botocore.configprovider import ConfiguredEndpointProvider  # type: ignore[import-untyped]

    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return ""
    provider = ConfiguredEndpointProvider(session.full_config, session.get_scoped_config(), "s3")
    return str(provider.provide() or "")


@cache
def _models(folders: str | None) -> Any:
    """Give what the library's own files say of AWS, read once a process: that takes longer than a request."""
    from botocore.loaders import create_loader  # type: ignore[import-untyped]

    return create_loader(folders)


def _require_endpoint(endpoint: str) -> None:
    if not endpoint:
        return
    try:
        parts = urlsplit(endpoint)
        is_right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise _wrong("the endpoint is no URL") from None
    if not is_right:
        raise _wrong("the endpoint must begin with `http://` or `https://` and name a host")
    if "@" in parts.netloc:
        raise _wrong("the endpoint must not hold a user or a password")


def _wrong(
    message: str, hint: str = "Check AWS_ENDPOINT_URL or `--endpoint-url`, and AWS_REGION."
) -> XchangeError:
    return XchangeError(ErrorCode.USAGE, message, hint=hint)
