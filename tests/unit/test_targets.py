"""What arguments of a command mean."""

import os
from pathlib import Path

import pytest

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.find import project_of
from xchange_cli.project.keys import key_of
from xchange_cli.project.patterns import matches
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target, resolve

FILES = {
    "integrations/beta/integration.yml": "",
    "integrations/acme/integration.yml": "",
    "integrations/acme/configs/dev.yml": "",
    "integrations/acme/.cache/integration.yml": "",
    "other/deep/er/integration.yaml": "",
    "loose.yml": "",
}


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("integrations/acme/integration.yml", "acme"),
        ("acme/integration.yaml", "acme"),
        ("integration.yml", "integration"),
        ("loose.yml", "loose"),
        ("a/b.c.yml", "b.c"),
    ],
)
def test_the_key_is_the_folder_or_else_the_file(path, key):
    assert key_of(Path(path)) == key


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ["integrations/acme/integration.yml", "integrations/beta/integration.yml"]),
        (["beta"], ["integrations/beta/integration.yml"]),
        (["loose.yml", "acme"], ["loose.yml", "integrations/acme/integration.yml"]),
        (["integrations/acme"], ["integrations/acme/integration.yml"]),
        (["other"], ["other/deep/er/integration.yaml"]),
        (["*.yml"], ["loose.yml"]),
        (["integrations/*"], ["integrations/acme/integration.yml", "integrations/beta/integration.yml"]),
        (
            ["acme", "integrations/acme", "./integrations/acme/integration.yml"],
            ["integrations/acme/integration.yml"],
        ),
    ],
)
def test_arguments_are_paths_folders_patterns_or_keys(project, arguments, names):
    folder = project(FILES)
    found = resolve(Project.find(folder), arguments, folder)
    assert [target.name for target in found] == names


def test_a_dash_is_standard_input(project):
    folder = project({})
    assert resolve(Project.find(folder), ["-"], folder) == (Target("<stdin>", "", None),)


def test_a_path_wins_over_a_key(project):
    folder = project({**FILES, "beta": ""})
    (found,) = resolve(Project.find(folder), ["beta"], folder)
    assert (found.name, found.path) == ("beta", folder / "beta")


def test_the_folder_of_an_integration_is_enough_without_a_project(project):
    folder = project({"integration.yml": "", "deeper/integration.yml": ""})
    (found,) = resolve(Project.find(folder), [], folder)
    assert (found.name, found.key) == ("integration.yml", folder.name)


def test_names_are_relative_to_the_folder_one_is_in(project):
    folder = project(FILES) / "other"
    (found,) = resolve(Project.find(folder), ["../integrations/acme"], folder)
    assert found.name == "../integrations/acme/integration.yml"


def test_patterns_of_the_project_file_count_from_its_folder(project):
    folder = project({**FILES, "xchange.yaml": "integrations: ['other/**/integration.yaml', loose.yml]\n"})
    found = resolve(Project.find(folder / "integrations" / "acme"), [], folder / "integrations")
    assert [target.name for target in found] == ["../other/deep/er/integration.yaml", "../loose.yml"]


def test_a_project_is_found_around_an_argument_too(project):
    folder = project(
        {"repository/xchange.yaml": "limits: 'off'\n", "repository/integrations/a/integration.yml": ""}
    )
    assert project_of(["repository/integrations/a"], folder).limits == "off"
    assert project_of(["nowhere"], folder).document is None


@pytest.mark.parametrize(
    ("argument", "root"),
    [
        ("p/integrations/lab/integration.yml", "p"),
        ("p/integrations/lab", "p"),
        ("p/integrations/lab/configs/../integration.yml", "p"),
        ("p/integrations", "p"),
        ("p", "p"),
        ("loose/flow.yml", "loose"),
        ("lab", "."),
    ],
)
def test_without_a_project_file_the_root_is_around_the_argument(project, argument, root):
    files = {
        "p/integrations/lab/integration.yml": "",
        "p/integrations/lab/configs/dev.yml": "",
        "loose/flow.yml": "",
    }
    folder = project(files)
    assert project_of([argument], folder).root == folder / root


@pytest.mark.parametrize(
    ("inside", "arguments", "names"),
    [
        ("integrations/acme", [], ["integration.yml"]),
        ("integrations/acme", ["beta"], ["../beta/integration.yml"]),
        ("integrations", [], ["acme/integration.yml", "beta/integration.yml"]),
    ],
)
def test_without_a_project_file_a_folder_in_integrations_belongs_to_the_one_above(
    project, inside, arguments, names
):
    folder = project(FILES)
    found = project_of(arguments, folder / inside)
    assert found.root == folder
    assert [target.name for target in resolve(found, arguments, folder / inside)] == names


def test_settings_of_the_wrong_type_count_as_absent(project):
    folder = project(
        {"xchange.yaml": "integrations: 5\nlint: {rules: {a: 'off', b: loud, c: [1]}}\nlimits: {}\n"}
    )
    found = Project.find(folder)
    assert found.integrations == ("integrations/*/integration.yml", "integrations/*/integration.yaml")
    assert found.severities == {"a": "off"}
    assert found.limits == "warn"


def test_both_endings_of_integrations_are_found_without_arguments(project):
    files = ["integrations/a/integration.yml", "integrations/b/integration.yaml"]
    folder = project({"xchange.yaml": "", **dict.fromkeys(files, "")})
    assert [target.name for target in resolve(Project.find(folder), [], folder)] == files


def test_a_name_that_is_not_there_is_answered_with_the_nearest(project):
    folder = project(FILES)
    with pytest.raises(XchangeError) as raised:
        resolve(Project.find(folder), ["integrations/amce"], folder)
    assert raised.value.code is ErrorCode.NOT_FOUND
    assert raised.value.hint == "Did you mean integrations/acme?"


def test_a_folder_that_a_pattern_of_the_project_file_matches_stands_for_the_integrations_in_it(project):
    settings = "integrations: ['integrations/*', 'integrations/*/integration.yml', other]\n"
    folder = project({**FILES, "xchange.yaml": settings})
    assert [target.name for target in resolve(Project.find(folder), [], folder)] == [
        "integrations/acme/integration.yml",
        "integrations/beta/integration.yml",
        "other/deep/er/integration.yaml",
    ]


def test_only_the_file_that_is_an_argument_itself_counts_as_named(project):
    folder = project(FILES)
    found = resolve(Project.find(folder), ["loose.yml", "integrations/acme", "beta"], folder)
    assert [target.is_named for target in found] == [True, False, False]


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("components/erp.yml", "components/*.yml", True),
        ("deep/components/erp.yml", "components/*.yml", False),
        ("../shared/erp.yml", "../shared/*.yml", True),
        ("rules/names.yml", "rules/**/*.yml", True),
        ("rules/a/b/names.yml", "rules/**/*.yml", True),
        ("rules/a/b/names.yml", "rules/*/*.yml", False),
        ("rules/a/names.yml", "./rules/**", True),
    ],
)
def test_a_path_fits_a_pattern_also_where_nothing_is_there(path, pattern, expected):
    folder = Path("/work [1]/project").absolute()
    whole = Path(os.path.normpath(folder / path))
    assert matches(whole, folder, pattern) is expected
    assert matches(whole, Path("/elsewhere").absolute(), (folder.parent / "*.yml").as_posix()) is False
