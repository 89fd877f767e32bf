"""Whose clock JavaScript sees."""

import os
import time

import pytest

from xchange_cli.javascript.quickjs import CodeHost


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the engine knows no zone but UTC")
def test_dates_are_in_utc_whatever_the_zone_of_the_process(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()

    code = "module.exports = () => new Date(0).getHours() + new Date(0).getTimezoneOffset()"

    assert CodeHost().run_module(code, context={}, step_results={}, seconds=5).value == 0


def test_the_engine_leaves_the_environment_alone_until_code_is_run(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")

    CodeHost()

    assert os.environ["TZ"] == "Asia/Tokyo"
