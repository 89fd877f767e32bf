"""What was found out about versions, for programs: `xchange.verified/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.release.versions.verifying import Mismatch, Verification, Verified


def render(verification: Verification, out: TextIO) -> None:
    write_json(
        {
            "schema": "xchange.verified/1",
            "ok": verification.is_good,
            "subject": verification.subject.value,
            "name": verification.name,
            "sha256": verification.sha256 or None,
            "versions": [_version(one) for one in verification.versions],
        },
        out,
    )


def _version(version: Verified) -> dict[str, Any]:
    return {
        "version": version.reference,
        "ok": version.is_good,
        "digest": version.digest,
        "files": version.files,
        "differences": [_mismatch(one) for one in version.mismatches],
        "signature": {
            "trust": version.trust.value,
            "signer": version.signer or None,
            "mustBeTrusted": version.must_be_trusted,
        },
    }


def _mismatch(one: Mismatch) -> dict[str, Any]:
    return {**one._asdict(), "expected": one.expected or None, "found": one.found or None}
