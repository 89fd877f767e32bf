"""The folders and files beside an integration's file, and how the names of the files in the folders end."""

CONFIGS = "configs"
CONFIG_SUFFIXES = (".yml", ".yaml")

PAYLOADS = "payloads"
DATA_SUFFIXES = (".json", ".yml", ".yaml")
HTTP_SUFFIX = ".http"

TESTS = "tests"
TEST_SUFFIXES = (".test.yml", ".test.yaml")

APPROVALS = "approvals.yml"
FORK = "fork.json"

FOLDERS = (CONFIGS, PAYLOADS, TESTS)
"""Those whose files the check of an integration looks at."""

FILES = (APPROVALS, FORK)
"""What else it looks at."""
