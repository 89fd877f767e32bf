"""`xchange export`: the file of a published version, byte for byte or with other versions of components."""

import pytest

from published import FILE, TEXT, opened, publish


@pytest.fixture
def folder(project):
    return project({"xchange.yaml": "", FILE: TEXT})


@pytest.fixture
def registry(folder):
    return opened(folder)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        ("\ufeff" + TEXT).encode("utf-16-le"),
        TEXT.rstrip().encode(),
    ],
    ids=["plain", "crlf", "bom", "utf-16", "no-line-end"],
)
def test_the_published_bytes_come_back_as_they_were(xchange, folder, registry, data):
    publish(registry, data)
    (folder / FILE).write_text("something else\n")

    ran = xchange("export", "orders@1", "-o", "out.yml", cwd=folder)

    assert ran == (0, "", "orders@1 is written to out.yml\n")
    assert (folder / "out.yml").read_bytes() == data


def test_standard_output_has_the_file_alone_and_the_newest_version_is_usual(xchange, folder, registry):
    publish(registry, TEXT + "# 1\n")
    publish(registry, TEXT + "# 2\n")

    assert xchange("export", "orders", cwd=folder) == (0, TEXT + "# 2\n", "")
    assert xchange("export", "orders@1", "-o", "-", cwd=folder) == (0, TEXT + "# 1\n", "")


def test_an_unavailable_version_is_exported_with_a_warning(xchange, folder, registry):
    publish(registry)
    xchange("mark", "orders@1", "unavailable", "--because", "loses orders", cwd=folder)
    assert xchange("export", "orders", cwd=folder) == (
        0,
        TEXT,
        "warning: orders@1 is unavailable: loses orders\n",
    )


def test_a_file_with_another_content_is_only_replaced_on_request(xchange, folder, registry):
    publish(registry)
    (folder / "out.yml").write_text("mine\n")

    assert xchange("export", "orders@1", "-o", "out.yml", cwd=folder) == (
        6,
        "",
        (
            "error: out.yml is there already with another content, so it is not replaced\n"
            "hint: Name another file, or add --force.\n"
        ),
    )
    assert (folder / "out.yml").read_text() == "mine\n"
    assert xchange("export", "orders@1", "-o", "out.yml", "--force", cwd=folder).code == 0
    assert (folder / "out.yml").read_text() == TEXT
    assert xchange("export", "orders@1", "-o", "out.yml", cwd=folder).code == 0


@pytest.mark.parametrize("place", ["integrations", f"{FILE}/out.yml", "o" * 300])
def test_a_place_that_takes_no_file_is_told(xchange, folder, registry, place):
    publish(registry)
    ran = xchange("export", "orders@1", "-o", place, cwd=folder)
    assert (ran.code, ran.out) == (3, "")


def test_numbers_of_components_become_latest_and_nothing_else_changes(xchange, folder, registry):
    text = TEXT.replace("version: 9}}", "version: '9'}}  # as tested").replace("\n", "\r\n")
    publish(registry, text.encode())

    ran = xchange("export", "orders@1", "--latest-components", "-o", "out.yml", cwd=folder)

    assert ran.code == 0
    assert (folder / "out.yml").read_bytes().decode() == text.replace("'9'", "LATEST")


def test_latest_becomes_the_number_that_is_given_or_that_other_steps_use(xchange, folder, registry):
    more = "      - name: Log 2\n        action: {key: writeLog, component: {key: log, version: LATEST}}\n"
    publish(registry, TEXT + more)

    ran = xchange("export", "orders@1", "--pin-components", "--pin", "webhook-triggers=12", cwd=folder)

    assert ran == (0, (TEXT + more.replace("LATEST", "9")).replace("LATEST", "12"), "")


def test_connections_and_data_sources_are_pinned_too(xchange, folder, registry):
    variable = (
        "requiredConfigVars:\n"
        "  - key: Slack\n    dataType: connection\n"
        "    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}\n"
        "  - key: Channel\n    dataType: picklist\n"
        "    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}\n"
    )
    publish(registry, TEXT.replace("LATEST", "3") + variable)

    ran = xchange("export", "orders@1", "--pin-components", "--pin", "slack=4", cwd=folder)

    assert ran.out == TEXT.replace("LATEST", "3") + variable.replace("LATEST", "4")


def test_a_component_without_a_known_number_is_named_and_nothing_is_written(xchange, folder, registry):
    publish(registry)

    ran = xchange("export", "orders@1", "--pin-components", "-o", "out.yml", cwd=folder)

    assert ran == (
        1,
        "",
        (
            "error: nothing says which version of `webhook-triggers` to write\n"
            "hint: Say it for each of them: --pin webhook-triggers=NUMBER.\n"
        ),
    )
    assert not (folder / "out.yml").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--latest-components", "--pin-components"),
            "--latest-components and --pin-components do not go together",
        ),
        (("--pin", "log=1"), "--pin is of no use without --pin-components"),
        (("--pin-components", "--pin", "log"), "--pin log is no component with its number"),
        (("--pin-components", "--pin", "log=0"), "--pin log=0 is no component with its number"),
        (
            ("--pin-components", "--pin", "webhook-trigger=1"),
            (
                "no part of this version uses the component `webhook-trigger` as `LATEST`\n"
                "hint: Did you mean `webhook-triggers`?"
            ),
        ),
        (
            ("--pin-components", "--pin", "log=1"),
            "no part of this version uses the component `log` as `LATEST`\nhint: Leave it out.",
        ),
    ],
)
def test_options_that_make_no_sense_are_wrong_usage(xchange, folder, registry, options, message):
    publish(registry)
    ran = xchange("export", "orders@1", *options, cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {message}\n")


def test_an_alias_follows_its_anchor_and_an_anchor_for_something_else_stays(xchange, folder, registry):
    text = TEXT.replace("LATEST", "&v LATEST").replace("version: 9", "version: *v")
    publish(registry, text)
    ran = xchange(
        "export", "orders@1", "--pin-components", "--pin", "webhook-triggers=3", "--pin", "log=3", cwd=folder
    )
    assert ran.out == text.replace("LATEST", "3")

    publish(
        registry,
        TEXT.replace("description: ''", "description: &v LATEST").replace("version: LATEST", "version: *v"),
    )
    ran = xchange("export", "orders@2", "--pin-components", "--pin", "webhook-triggers=3", cwd=folder)
    assert "description: &v LATEST\n" in ran.out
    assert "{key: webhook-triggers, isPublic: true, version: 3}" in ran.out


def test_an_anchor_that_stands_for_something_else_too_is_refused_with_its_place(xchange, folder, registry):
    publish(registry, TEXT.replace("LATEST", "&v LATEST") + "category: *v\n")
    ran = xchange("export", "orders@1", "--pin-components", "--pin", "webhook-triggers=3", cwd=folder)
    assert (ran.code, ran.out) == (1, "")
    assert "orders@1/integration.yml:10:92: error: the versions of components" in ran.err


def test_a_version_whose_file_was_changed_is_not_exported(xchange, folder, registry):
    publish(registry)
    file = next((folder / "registry").glob("**/packages/*/integration.yml"))
    file.chmod(0o644)
    file.write_text(TEXT.replace("Orders", "Ordures"))

    ran = xchange("export", "orders@1", "-o", "out.yml", cwd=folder)

    assert (ran.code, ran.out) == (1, "")
    assert "integration.yml is damaged" in ran.err
    assert not (folder / "out.yml").exists()
