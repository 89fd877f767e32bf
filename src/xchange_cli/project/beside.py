"""The folders beside an integration's file, and how the names of the files in them end."""

CONFIGS = "configs"
CONFIG_SUFFIXES = (".yml", ".yaml")

PAYLOADS = "payloads"
DATA_SUFFIXES = (".json", ".yml", ".yaml")
HTTP_SUFFIX = ".http"

TESTS = "tests"
TEST_SUFFIXES = (".test.yml", ".test.yaml")

FOLDERS = (CONFIGS, PAYLOADS, TESTS)
"""Those whose files the check of an integration looks at."""
