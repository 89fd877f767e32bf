"""UUIDs come from the randomness of the run."""

import uuid

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.uuid import generate


@pytest.mark.parametrize(
    "inputs", [{}, {"case": None, "removeDashes": None}, {"case": "", "removeDashes": "false"}]
)
def test_a_uuid_is_random_of_version_4(inputs):
    made = uuid.UUID(generate(RecordingContext(), inputs).data)

    assert (made.version, made.variant) == (4, uuid.RFC_4122)
    assert str(made) == "00010203-0405-4607-8809-0a0b0c0d0e0f"
