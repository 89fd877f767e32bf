"""`xchange new`: blank integrations that are right at once, and keys that cannot be."""

import json
from pathlib import Path

import pytest

from strict_schemas import faults

STARTS = {
    "webhook": ["--payload", "example"],
    "schedule": ["--trigger", "schedule"],
    "deployment": ["--deploy"],
    "removal": ["--remove"],
    "flow": ["--payload", "example"],
}
WITH_PAYLOAD = ("webhook", "flow")


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("start", STARTS)
def test_a_blank_integration_has_no_finding_and_runs(start, xchange, tmp_path):
    made = xchange("new", "acme-orders", "--trigger", start)
    assert (made.code, made.err) == (0, "")
    checked = json.loads(xchange("validate", "acme-orders", "--config", "all", "--output", "json").out)
    assert checked["findings"] == []
    assert [row["severity"] for row in checked["matrix"]] == [None]
    ran = xchange("run", "acme-orders", "--config", "dev", *STARTS[start], "--output", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["status"] == "success"
    assert any(
        row["message"].startswith(("Good morning", "a request", "called"))
        for row in json.loads(ran.out)["logs"]
    )


@pytest.mark.parametrize("start", STARTS)
def test_the_commands_that_it_names_next_do_what_they_say(start, xchange):
    out = xchange("new", "acme-orders", "--trigger", start, "--output", "json").out
    assert faults(out, "new-output") == []
    for command in json.loads(out)["next"]:
        assert xchange(*command.split()[1:]).code == 0


@pytest.mark.parametrize("start", STARTS)
def test_a_blank_integration_has_a_config_set_a_test_and_where_one_is_sent_a_payload(
    start, xchange, tmp_path
):
    xchange("new", "acme-orders", "--trigger", start)
    payload = ["payloads/example.json"] if start in WITH_PAYLOAD else []
    assert names(tmp_path / "integrations" / "acme-orders") == [
        "configs/dev.yml",
        "integration.yml",
        *payload,
        "tests/example.test.yml",
    ]


def test_it_says_what_it_made_and_what_to_type_next(xchange):
    assert xchange("new", "acme-orders") == (
        0,
        (
            "made integrations/acme-orders/integration.yml\n"
            "made integrations/acme-orders/configs/dev.yml\n"
            "made integrations/acme-orders/payloads/example.json\n"
            "made integrations/acme-orders/tests/example.test.yml\n"
            "checked: no findings\n"
            "next: xchange validate acme-orders --config all\n"
            "      xchange run acme-orders --config dev --payload example\n"
        ),
        "",
    )


@pytest.mark.parametrize("trigger", ["webhook", "schedule", "deployment", "removal", "flow"])
def test_what_is_new_and_then_edited_is_formatted_already(trigger, xchange):
    xchange("new", "acme", "--trigger", trigger, "--label", "crm")
    xchange("edit", "acme", "--description", "Sends orders", "--category", "ERP")
    assert xchange("fmt", "--check").code == 0


@pytest.mark.parametrize(
    ("given", "labels"), [(["--label", "a, B"], ["a", "b"]), (["--label", "a", "--label", "b,a"], ["a", "b"])]
)
def test_commas_part_labels(given, labels, xchange, tmp_path):
    xchange("new", "acme", *given)
    text = (tmp_path / "integrations/acme/integration.yml").read_text(encoding="utf-8")
    assert "labels:\n" + "".join(f"  - {label}\n" for label in labels) in text


def test_an_option_is_no_label(xchange, tmp_path):
    told = (
        "error: `--yes` is taken for a label here, and looks like an option\n"
        "hint: Write the label first, such as `--label crm`.\n"
    )
    assert xchange("new", "acme", "--label", "--yes")[::2] == (2, told)
    assert not (tmp_path / "integrations").exists()


def test_the_name_is_made_of_the_key_and_all_details_can_be_given(xchange, tmp_path):
    xchange("new", "acme-orders")
    text = (tmp_path / "integrations/acme-orders/integration.yml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line[:1].isalpha() and not line.endswith(":")] == [
        "category: ''",
        "definitionVersion: 7",
        "description: ''",
        "endpointType: flow_specific",
        "name: Acme Orders",
    ]
    details = [
        "--name",
        "It's # 1 🎉",
        "--description",
        "one: two",
        "--category",
        "CRM",
        "--label",
        "A",
        "--label",
        "b",
    ]
    xchange("new", "bolt", *details, "--label", "B")
    text = (tmp_path / "integrations/bolt/integration.yml").read_text(encoding="utf-8")
    assert "\ncategory: CRM\n" in text
    assert "\ndescription: 'one: two'\n" in text
    assert "\nlabels:\n  - a\n  - b\nname: 'It''s # 1 🎉'\n" in text
    assert json.loads(xchange("validate", "--output", "json").out)["findings"] == []


@pytest.mark.parametrize(
    ("key", "trouble", "offer"),
    [
        ("Acme Orders", "`A` is no lower-case letter, digit or dash", "Take acme-orders."),
        ("🎉", "`🎉` is no lower-case letter, digit or dash", "One such key is acme-orders."),
        ("a/b", "`/` is no lower-case letter, digit or dash", "Take a-b."),
        ("../x", "`.` is no lower-case letter, digit or dash", "Take x."),
        ("a\x07b", "the character U+0007 is no lower-case letter, digit or dash", "Take a-b."),
        ("a b", "a blank is no lower-case letter, digit or dash", "Take a-b."),
        ("a-", "it begins or ends with a dash", "Take a."),
        ("nul", "Windows keeps this name for a device", "Take nul-integration."),
        ("", "it is empty", "One such key is acme-orders."),
    ],
)
def test_what_cannot_be_a_key_is_refused_with_one_that_can(key, trouble, offer, xchange, tmp_path):
    ran = xchange("new", key, "--output", "json")
    error = json.loads(ran.out)
    assert (ran.code, error["code"]) == (2, "usage")
    assert error["message"] == f"`{key}` cannot be a key: {trouble}"
    assert error["hint"] == f"{offer} A key has lower-case letters, digits and dashes."
    assert names(tmp_path) == []


def test_a_key_of_300_characters_is_refused_without_repeating_all_of_them(xchange, tmp_path):
    ran = xchange("new", "x" * 300)
    message = f"`{'x' * 40}…` cannot be a key: it has 300 characters, and a key has at most 100"
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"error: {message}")
    assert xchange("new", "x" * 100).code == 0


def test_a_key_that_is_taken_is_refused_with_a_free_one(xchange, tmp_path):
    xchange("new", "acme")
    xchange("new", "acme-2")
    assert xchange("new", "acme") == (
        6,
        "",
        (
            "error: the key `acme` is taken: there is integrations/acme/integration.yml\n"
            "hint: Nothing was written. Take another key, such as acme-3.\n"
        ),
    )


@pytest.mark.parametrize("file", ["integrations/Acme/integration.yml", "integrations/ACME/notes.txt"])
def test_a_key_that_differs_from_a_folder_only_in_case_is_taken(file, xchange, project):
    folder = project({file: "definitionVersion: 7\n"})
    ran = xchange("new", "acme", cwd=folder)
    assert (ran.code, "the key `acme` is taken: there is integrations/" in ran.err) == (6, True)
    assert names(folder / "integrations") == [file.removeprefix("integrations/")]


def test_an_empty_folder_is_no_obstacle(xchange, tmp_path):
    (tmp_path / "integrations" / "acme").mkdir(parents=True)
    assert xchange("new", "acme").code == 0


@pytest.mark.parametrize(
    ("pattern", "file"),
    [
        ("flows/*/integration.yml", "flows/acme/integration.yml"),
        ("apps/*", "apps/acme/integration.yml"),
        ("a b/**/integration.yaml", "a b/acme/integration.yaml"),
    ],
)
def test_it_goes_where_the_project_has_its_integrations(pattern, file, xchange, project):
    folder = project({"xchange.yaml": f"integrations: ['{pattern}']\n"})
    ran = xchange("new", "acme", "--output", "json", cwd=folder)
    assert (ran.code, json.loads(ran.out)["file"]) == (0, file)
    assert xchange("validate", "acme", "--config", "all", cwd=folder).code == 0


@pytest.mark.parametrize(
    "pattern", ["flows/*.yml", "acme/integration.yml", "*/*/integration.yml", "a-*/integration.yml"]
)
def test_where_no_pattern_leaves_one_folder_open_it_says_so(pattern, xchange, project):
    folder = project({"xchange.yaml": f"integrations: ['{pattern}']\n"})
    ran = xchange("new", "acme", cwd=folder)
    message = (
        f"it is not clear where a new integration belongs: `integrations` in xchange.yaml says {pattern}"
    )
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"error: {message}")
    assert names(folder) == ["xchange.yaml"]


@pytest.mark.parametrize(
    ("settings", "place", "message"),
    [
        ("integrations: [legacy/*\n", "1:15", "this bracket is never closed"),
        ("<<<<<<< a\nrules: []\n=======\n>>>>>>> b\n", "1:1", "a merge conflict is not resolved"),
    ],
)
def test_in_a_project_whose_file_is_broken_nothing_is_begun(settings, place, message, xchange, project):
    folder = project({"xchange.yaml": settings})
    for command in (["new", "acme"], ["init", "--pre-commit"]):
        ran = xchange(*command, cwd=folder)
        assert (ran.code, ran.err.splitlines()[0]) == (3, f"xchange.yaml:{place}: error: {message}")
    assert names(folder) == ["xchange.yaml"]


def test_a_file_in_the_place_of_the_folder_is_told_and_nothing_is_written(xchange, project):
    folder = project(
        {"integrations": "a file\n", "xchange.yaml": "integrations: ['integrations/*/integration.yml']\n"}
    )
    ran = xchange("new", "acme", cwd=folder)
    assert ran.err.startswith("error: integrations/acme/integration.yml cannot be written: ")
    assert (ran.code, names(folder)) == (3, ["integrations", "xchange.yaml"])


def test_own_files_of_the_project_that_cannot_be_read_keep_it_from_writing(xchange, project):
    folder = project({"xchange.yaml": "{}\n"})
    (folder / "components").mkdir()
    (folder / "components" / "erp.yml").symlink_to("nowhere.yml")
    ran = xchange("new", "acme", cwd=folder)
    assert ran.err.startswith("error: components/erp.yml is a link to a file that does not exist\n")
    assert (ran.code, (folder / "integrations").exists()) == (3, False)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--name", " "], "the name is empty"),
        (["--label", ""], "a label is empty"),
        (["--label", "a\x00b"], "the label cannot have the character U+0000"),
        (["--name", "a\nb"], "the name cannot have the character U+000A"),
        (
            ["--description", "a\x1b[2J"],
            "the description cannot have the character U+001B",
        ),
        (
            ["--from", "x.yml", "--trigger", "flow"],
            "--trigger is for blank integrations; what --from names has its own",
        ),
        (["--trigger", "moon"], "invalid value for '--trigger': 'moon' is not one of " + ", ".join(STARTS)),
    ],
)
def test_options_that_make_no_sense_are_refused(options, message, xchange, tmp_path):
    ran = xchange("new", "acme", *options)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"error: {message}")
    assert names(tmp_path) == []


def test_a_description_may_have_several_lines(xchange, tmp_path):
    assert xchange("new", "acme", "--description", "one\ntwo").code == 0
    ran = xchange("validate", "acme", "--config", "all")
    assert (ran.code, "no findings" in ran.out) == (0, True)


def test_a_name_of_300_characters_is_kept_whole(xchange, tmp_path):
    assert (
        json.loads(xchange("new", "acme", "--name", "ä" * 300, "--output", "json").out)["name"] == "ä" * 300
    )
    text = Path(tmp_path, "integrations/acme/integration.yml").read_text(encoding="utf-8")
    assert f"\nname: {'ä' * 300}\n" in text


def test_without_a_terminal_it_asks_nothing(xchange):
    assert xchange("new") == (
        2,
        "",
        "error: which key is it to have?\nhint: Say it, such as: xchange new acme-orders\n",
    )
