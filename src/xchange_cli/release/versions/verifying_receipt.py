"""Whether the versions that a receipt names are still what was published then."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import Manifest
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.signatures import Trust
from xchange_cli.release.versions.receipt import SCHEMA, ReceiptLine, read_receipt
from xchange_cli.release.versions.verifying import Mismatch, Subject, Verification, Verified, verified


def is_receipt(data: bytes) -> bool:
    """Tell whether a file is meant for a receipt, perhaps a damaged one."""
    return data.lstrip().startswith(b"{") and f'"{SCHEMA}"'.encode() in data


def verify_receipt(registry: Registry, name: str, data: bytes, trusted: Sequence[str]) -> Verification:
    """Verify each version of a receipt, and compare it with what the receipt says.

    Raises:
        XchangeError: INVALID when the receipt is damaged, or a trusted key is none; else as the registry does.

    """
    receipt = read_receipt(data, name)
    found = tuple(_verified(registry, line, trusted) for line in receipt.versions)
    verification = Verification(Subject.RECEIPT, name, sha256(data).hexdigest(), found)
    if all(one.digest for one in found) or receipt.registry == registry.url:
        return verification
    return verification._replace(elsewhere=receipt.registry, asked=registry.url)


def _verified(registry: Registry, line: ReceiptLine, trusted: Sequence[str]) -> Verified:
    reference = f"{line.key}@{line.number}"
    try:
        manifest = registry.manifest(line.key, line.number)
    except XchangeError as error:
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        gone = Mismatch("the version", "missing", line.digest, "")
        return Verified(reference, "", 0, (gone,), Trust.UNSIGNED, "", must_be_trusted=bool(trusted))
    now = verified(registry, manifest, trusted)
    return now._replace(mismatches=(*_against(registry, line, manifest), *now.mismatches))


def _against(registry: Registry, line: ReceiptLine, manifest: Manifest) -> Iterator[Mismatch]:
    """Yield what the registry says otherwise than the receipt."""
    stated = sha256(registry.signed_bytes(line.key, line.number)).hexdigest()
    if stated != line.manifest:
        yield Mismatch("the manifest", "changed", line.manifest, stated)
    then = {file.name: file.sha256 for file in line.files}
    now = {file.name: file.sha256 for file in manifest.files}
    for name in sorted(then.keys() | now.keys()):
        expected, found = then.get(name, ""), now.get(name, "")
        if expected != found:
            kind = "changed" if expected and found else "missing" if expected else "extra"
            yield Mismatch(name, kind, expected, found)
