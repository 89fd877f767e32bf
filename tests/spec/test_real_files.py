"""Files that hosted builders exported: `XCHANGE_REAL_FILES=FOLDER make test` tries every YAML file of a folder."""

import os
from pathlib import Path

import pytest
import yaml

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.document.parse import parse
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

FOLDER = os.environ.get("XCHANGE_REAL_FILES", "")
FILES = sorted(Path(FOLDER).glob("*.yml")) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FILES, reason="set XCHANGE_REAL_FILES to a folder of exported integrations"
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_real_file_has_no_error(file):
    report = validate(Source.read(file), Catalog.load())
    errors = [found for found in report.diagnostics if found.severity is Severity.ERROR]
    assert [(str(found.span.place), found.message) for found in errors] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_real_file_reads_as_another_yaml_library_reads_it(file):
    source = Source.read(file)
    assert parse(source).data == yaml.load(source.text, Loader=yaml.CSafeLoader)
