"""Texts that hold private keys."""

import pytest

from xchange_cli.wire.sensitive import without_shapes

BODY = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIE/+=\n"


@pytest.mark.parametrize("kind", ["", "RSA ", "ENCRYPTED "])
def test_private_keys_are_replaced_each_for_itself(kind):
    key = f"-----BEGIN {kind}PRIVATE KEY-----\n{BODY}-----END {kind}PRIVATE KEY-----"

    assert without_shapes(f"a {key} b {key} c") == "a «hidden: private-key» b «hidden: private-key» c"


def test_very_many_beginnings_of_private_keys_take_no_time():
    text = "-----BEGIN PRIVATE KEY-----" * 50_000

    assert without_shapes(text) == text
