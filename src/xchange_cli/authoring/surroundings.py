"""What a project may be made ready for."""

from enum import StrEnum


class Ci(StrEnum):
    GITHUB = "github"
    GITLAB = "gitlab"


class Editor(StrEnum):
    VSCODE = "vscode"
