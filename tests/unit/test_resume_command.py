"""The command that is offered to go on with a failed run."""

import pytest

from xchange_cli.engine.events import Failure
from xchange_cli.formats.resume_command import resume_command
from xchange_cli.wire.guard import Sender, WriteGuard
from xchange_cli.wire.http import WireError


def failed(kind, message="no", ref="send"):
    return Failure(f"each[2]/{ref}", ref, kind, message, None)


def blocked(host):
    with pytest.raises(WireError) as caught:
        WriteGuard().require(Sender("send"), host, lambda: f"POST to {host}")
    return failed("write-blocked", caught.value.message)


@pytest.mark.parametrize(
    ("failure", "more"),
    [
        (None, ""),
        (failed("action-failed"), ""),
        (failed("not-implemented", ref=""), ""),
        (failed("not-implemented"), " --mock send=FILE"),
        (failed("not-recorded"), " --mock send=FILE"),
        (failed("network-denied"), " --mock send=FILE"),
        (failed("write-blocked", "in words that are not known"), ""),
        (blocked("api.example.test"), " --allow-writes=api.example.test"),
        (blocked(""), " --allow-writes=send"),
        (blocked("[2001:db8::1]"), ' --allow-writes="2001:db8::1"'),
    ],
)
def test_the_kind_of_the_failure_says_what_the_run_needs_to_get_past_it(failure, more):
    assert resume_command("RUN", failure) == f"xchange run --resume RUN{more}"
