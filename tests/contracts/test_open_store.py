"""Which store a URL means."""

import pytest

from stores import error_of
from xchange_cli.errors import ErrorCode
from xchange_cli.storage.open import open_store

SECRET = "a-very-secret-key"


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("registry/", "registry"),
        ("registry", "registry"),
        ("./a/../registry/", "registry"),
        ("file:registry/", "registry"),
        ("FILE:my%20registry", "my registry"),
        ("my %20 régistry 🚀", "my %20 régistry 🚀"),
        ("what?#is this", "what?#is this"),
        ("{root}/elsewhere", "elsewhere"),
        ("file:{root}/elsewhere", "elsewhere"),
        ("file://{root}/elsewhere", "elsewhere"),
        ("file://localhost{root}/elsewhere", "elsewhere"),
        (".", "."),
    ],
)
def test_a_path_or_a_file_url_is_a_folder(tmp_path, url, folder):
    url = url.format(root=tmp_path)
    store = open_store(url, tmp_path)
    store.write("a/b", b"1")
    assert (tmp_path / folder / "a/b").read_bytes() == b"1"
    assert store.url == url


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "the registry has no name"),
        ("file:", "the registry has no name"),
        ("file:%00", "the path of the registry has a NUL character"),
        ("file://server/share", "`file://` must go on with `/`: what comes before that would be another computer"),
        (f"https://me:{SECRET}@acme.test/x", "a registry cannot be at `https:`"),
        ("gs://bucket/x", "a registry cannot be at `gs:`"),
        ("s3://", "the URL of the registry names no bucket"),
        ("s3:bucket/x", "the URL of the registry names no bucket"),
        (f"s3://key:{SECRET}@bucket/x", "the URL of the registry names no bucket"),
        ("s3://b c/x", "the URL of the registry names no bucket"),
        ("s3://acme--use1-az4--x-s3/x", "the bucket acme--use1-az4--x-s3 is a directory bucket, which lists without an order"),
        ("s3://bucket/a/../b", "'a/../b' cannot be the name of something in a registry: it has a part '..'"),
    ],
)  # fmt: skip
def test_what_is_no_registry_is_refused(tmp_path, url, message):
    error = error_of(lambda: open_store(url, tmp_path))
    assert (error.code, error.message) == (ErrorCode.USAGE, message)
    assert error.hint
    assert SECRET not in error.hint


@pytest.mark.parametrize("option", ["endpoint_url", "profile", "region"])
def test_options_of_s3_are_refused_for_a_folder(tmp_path, option):
    error = error_of(lambda: open_store("registry/", tmp_path, **{option: "x"}))
    assert (error.code, error.message) == (
        ErrorCode.USAGE,
        "an endpoint, a profile and a region are for registries in S3, and `registry/` is a folder",
    )


@pytest.mark.usefixtures("bare_aws")
@pytest.mark.parametrize("url", ["s3://bucket", "s3://bucket/", "S3://bucket//"])
def test_the_prefix_in_a_bucket_may_be_left_out(tmp_path, url):
    assert open_store(url, tmp_path).url == "s3://bucket"
