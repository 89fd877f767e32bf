"""What people install: everything that the program reads is in the wheel."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_code_schemas_catalogue_and_licence(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    schemas = {f"xchange_cli/_schemas/{file.name}" for file in (ROOT / "schemas").glob("*.json")}
    package = {
        file.relative_to(ROOT / "src").as_posix()
        for file in (ROOT / "src").rglob("*")
        if file.is_file() and file.suffix in {".py", ".json", ".js", ".typed"}
    }
    assert schemas | package <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_program_validates_from_the_wheel_alone(wheel, tmp_path):
    example = ROOT / "examples" / "order-intake"
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from xchange_cli.__main__ import main; sys.exit(main())"
    result = subprocess.run(
        [sys.executable, "-I", "-c", code, "validate"],
        cwd=example,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("1 file, 1 flow, 8 steps, 3 config sets, 2 payloads: no findings")
