"""Every command that reads a registry finds an S3-compatible service as the AWS tools do: by the environment."""

import pytest

import repositories
from repositories import ORDERS, TEXT, write


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
def test_the_environment_says_to_all_commands_where_s3_is(
    s3_place, s3_environment, variable, xchange, tmp_path, monkeypatch
):
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    monkeypatch.setenv(variable, s3_environment["AWS_ENDPOINT_URL"])
    write(tmp_path, "xchange.yaml", f"registry: {s3_place.url}\n")
    write(tmp_path, ORDERS, TEXT)
    words = [
        ("publish", "orders", "--note", "x", "--receipt", "receipt.json"),
        ("publish", "--changed", "--note", "x"),
        ("versions", "orders"),
        ("mark", "orders@1", "unavailable"),
        ("mark", "orders@1", "available"),
        ("label", "orders@1", "--add", "crm"),
        ("template", "orders@1", "org"),
        ("export", "orders@1", "-o", "orders.yml"),
        ("verify", "orders@1"),
        ("verify", "orders.yml"),
        ("verify", "receipt.json"),
        ("new", "bills", "--from", "template:orders", "--name", "Bills", "--yes"),
        ("fork", "orders@1", "returns", "--name", "Returns", "--description", "Takes returns."),
        ("list", "--registry", s3_place.url),
        ("show", "orders@1"),
        ("docs", "orders@1"),
        ("log",),
        ("delete", "orders", "--purge", "--yes"),
    ]
    ran = {one: xchange(*one, cwd=tmp_path) for one in words}

    assert {one: (told.code, told.err) for one, told in ran.items() if told.code} == {}
    assert "orders@1" in ran["list", "--registry", s3_place.url].out
    assert list(s3_place.open().list("integrations/orders/versions/")) == []
    assert not (tmp_path / "registry").exists()
