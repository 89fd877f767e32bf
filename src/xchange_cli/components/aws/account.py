"""Who asks AWS, as the inputs of a step say."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from xchange_cli.components.aws.inputs import optional_text
from xchange_cli.components.inputs import read
from xchange_cli.components.spec import ActionError
from xchange_cli.javascript.text import trim
from xchange_cli.javascript.values import describe

CREDENTIALS_MISSING = "credentials-missing"

_REGION = re.compile("[A-Za-z0-9-]{1,63}")
_DYNAMIC = ("dynamicAccessKeyId", "dynamicSecretAccessKey", "dynamicSessionToken")


class Account(NamedTuple):
    """What is empty comes from where AWS tools take it: the environment and the files in `~/.aws`.

    With a `role`, the key is only used to take on that role.
    """

    key_id: str = ""
    secret: str = ""
    token: str = ""
    role: str = ""
    external_id: str = ""
    region: str = ""


def read_account(inputs: Mapping[str, Any]) -> Account:
    """Read the region and who asks: the dynamic key where it is set, else the connection.

    A key without its secret is refused, since it would be mistaken for no key at all.
    """
    key_id, secret, token = (trim(optional_text(inputs, key)) for key in _DYNAMIC)
    account = Account(key_id, secret, token) if key_id or secret or token else _of_connection(inputs)
    names = _DYNAMIC if key_id or secret or token else ("accessKeyId", "secretAccessKey")
    if bool(account.key_id) != bool(account.secret) or (account.token and not account.secret):
        absent = names[1] if account.key_id else names[0]
        raise ActionError(
            f"{absent} is not set, though the other half of the access key is", kind=CREDENTIALS_MISSING
        )
    return account._replace(region=_region(inputs))


def _of_connection(inputs: Mapping[str, Any]) -> Account:
    """Read the connection, which is the input `accessKey` or `awsConnection`."""
    key = "accessKey" if inputs.get("accessKey") else "awsConnection"
    connection = inputs.get(key)
    if not connection:
        return Account()
    fields = connection.get("fields", {}) if isinstance(connection, Mapping) else None
    if not isinstance(fields, Mapping):
        raise ActionError(f"{key} must be a connection, not {describe(connection)}", input_key=key)
    key_id, secret, role, external_id = (
        trim(read({key: fields.get(name)}, key, _field))
        for name in ("accessKeyId", "secretAccessKey", "roleARN", "externalId")
    )
    return Account(key_id, secret, role=role, external_id=external_id)


def _field(value: Any) -> str:
    return optional_text({"": value}, "")


def _region(inputs: Mapping[str, Any]) -> str:
    region = trim(optional_text(inputs, "awsRegion"))
    if region and not _REGION.fullmatch(region):
        raise ActionError(f"awsRegion: {describe(region)} is not the id of a region", input_key="awsRegion")
    return region
