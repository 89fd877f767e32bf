"""Opens clients of AWS services with the AWS library, one of each kind a run.

The metadata service of a machine in the cloud is never asked: who runs a flow should not depend on where it runs.
"""

import math
import os
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final
from urllib.parse import urlsplit

from xchange_cli.components.aws.account import CREDENTIALS_MISSING, Account
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.wire.http import WireError

FALLBACK_REGION: Final = "us-east-1"
"""For what is the same in all regions."""

MOST_ATTEMPTS: Final = 3

_LONGEST_SILENCE = 64.0
"""Seconds without a byte until a connection is given up; longer than any long poll."""

_LONGEST_CONNECT = 10.0
_AMAZON = (".amazonaws.com", ".amazonaws.com.cn")


def connect(
    context: ActionContext,
    service: str,
    account: Account,
    what: Callable[[], str] | None = None,
    *,
    endpoint: str = "",
    default_region: str = "",
) -> Any:
    """Give a client; `what` describes what will be written over it, None only reads.

    `endpoint` is used where the environment and the profile name none.

    Raises:
        ActionError: `credentials-missing` when the region or the profile is not known.
        WireError: where the run opens no connections, or the write is not allowed.

    """
    context.require_access("")  # before the environment and the files are read
    client = _client(context, service, account, endpoint=endpoint, default_region=default_region)
    context.require_access(host_of(client), what)
    return client


def use_again(context: ActionContext, client: Any) -> None:
    """Let a client that an earlier step has opened work for this one.

    Raises:
        WireError: where the run opens no connections.

    """
    context.require_access(host_of(client))
    _current(context)


def connect_for_signing(context: ActionContext, account: Account) -> Any:
    """Give a client for S3 that signs URLs, which takes no connection."""
    client = _client(context, "s3", account)
    if not host_of(client).endswith(_AMAZON):
        return client
    return _client(context, "s3", account, style="virtual")


class _Current:
    """Whom the clients work for now: they outlive the execution that has opened them."""

    context: ActionContext


def _current(context: ActionContext) -> _Current:
    """Let all clients of the run work for this execution, in the time that it has."""
    current = context.kept("aws-current", _Current)
    current.context = context
    return current


def host_of(client: Any) -> str:
    return urlsplit(client.meta.endpoint_url).hostname or ""


def patience(context: ActionContext) -> float:
    """Give how many seconds a connection may be silent: a power of two, so that clients can be used again."""
    left = context.seconds_left
    if left <= 0:
        raise WireError("timeout", "the run has used up its time")
    return float(2.0 ** math.floor(math.log2(min(left, _LONGEST_SILENCE))))


def _client(
    context: ActionContext,
    service: str,
    account: Account,
    *,
    endpoint: str = "",
    default_region: str = "",
    style: str = "",
) -> Any:
    session = context.kept("aws-session", _open_session)
    region = _region(session, account, default_region)
    seconds = patience(context)
    key = ("aws-client", service, account, region, endpoint, style, seconds)
    current = _current(context)

    def open_client() -> Any:
        own = _session_of_role(current, account, region) if account.role else session
        url = endpoint if endpoint and not _names_endpoint(session, service) else None
        client = own.create_client(
            service,
            region_name=region,
            endpoint_url=url,
            config=_config(service, seconds, style),
            **({} if account.role else _key_of(account)),
        )
        client.meta.events.register("before-send", partial(_refuse_late, current))
        if not account.role and not account.key_id:
            client.meta.events.register("before-sign", partial(_learn_key, current, session))
        return client

    return context.kept(key, open_client)


def _open_session() -> Any:
    import botocore.session  # type: ignore[import-untyped]

    session = botocore.session.Session()
    session.set_config_variable("metadata_service_num_attempts", 0)
    session.register_component("data_loader", _models(session.get_config_variable("data_path")))
    return session


@cache
def _models(folders: str | None) -> Any:
    """Give what the library's own files say of AWS, read once a process: that takes longer than a request."""
    from botocore.loaders import create_loader  # type: ignore[import-untyped]

    return create_loader(folders)


def _session_of_role(current: _Current, account: Account, region: str) -> Any:
    session = _open_session()
    session.register_component("credential_provider", _Role(current, account, region))
    return session


class _Role:
    """Takes on a role when a request is signed, and again when the role's session is over."""

    def __init__(self, current: _Current, account: Account, region: str) -> None:
        self._current = current
        self._account = account
        self._region = region

    def load_credentials(self) -> Any:
        from botocore.credentials import DeferredRefreshableCredentials  # type: ignore[import-untyped]

        return DeferredRefreshableCredentials(self._assume, "assume-role")

    def _assume(self) -> dict[str, str]:
        account, context = self._account, self._current.context
        base = account._replace(role="", external_id="")
        client = connect(context, "sts", base, default_region=self._region)
        more = {"ExternalId": account.external_id} if account.external_id else {}
        answer = client.assume_role(RoleArn=account.role, RoleSessionName="xchange-cli", **more)
        given = answer["Credentials"]
        context.learn_secret("secret access key of the role", given["SecretAccessKey"])
        context.learn_secret("session token of the role", given["SessionToken"])
        return {
            "access_key": given["AccessKeyId"],
            "secret_key": given["SecretAccessKey"],
            "token": given["SessionToken"],
            "expiry_time": given["Expiration"].isoformat(),
        }


def _region(session: Any, account: Account, default: str) -> str:
    found = account.region or os.environ.get("AWS_REGION") or session.get_config_variable("region") or default
    if not found:
        raise ActionError(
            "no region is set; set the input awsRegion, or the environment variable AWS_REGION or "
            "AWS_DEFAULT_REGION, or `region` of the profile in ~/.aws/config",
            kind=CREDENTIALS_MISSING,
        )
    return str(found)


def _names_endpoint(session: Any, service: str) -> bool:
    """Tell whether the environment or the profile says where a service is."""
    from botocore.configprovider import ConfiguredEndpointProvider  # type: ignore[import-untyped]

    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return False
    provider = ConfiguredEndpointProvider(session.full_config, session.get_scoped_config(), service)
    return provider.provide() is not None


def _config(service: str, seconds: float, style: str) -> Any:
    """Configure as the AWS SDK for JavaScript does: endpoints of the region, the newest way to sign."""
    from botocore.config import Config  # type: ignore[import-untyped]

    return Config(
        signature_version="s3v4" if service == "s3" else None,
        connect_timeout=min(seconds, _LONGEST_CONNECT),
        read_timeout=seconds,
        retries={"mode": "standard", "total_max_attempts": MOST_ATTEMPTS},
        defaults_mode="standard",
        s3={"addressing_style": style} if style else None,
        user_agent_extra="xchange-cli",
    )


def _key_of(account: Account) -> dict[str, str]:
    if not account.key_id:
        return {}
    key = {"aws_access_key_id": account.key_id, "aws_secret_access_key": account.secret}
    return {**key, "aws_session_token": account.token} if account.token else key


def _learn_key(current: _Current, session: Any, **_facts: Any) -> None:
    """Tell the secrets that the environment and the profile gave, which may have been renewed since."""
    found = session.get_credentials()
    if found is None:
        return
    key = found.get_frozen_credentials()
    current.context.learn_secret("secret access key of this machine", key.secret_key or "")
    current.context.learn_secret("session token of this machine", key.token or "")


def _refuse_late(current: _Current, event_name: str, **_facts: Any) -> None:
    """Begin no further attempt when the run has used up its time, but to clean up."""
    if current.context.seconds_left <= 0 and not event_name.endswith(".AbortMultipartUpload"):
        raise WireError("timeout", "the run has used up its time")
