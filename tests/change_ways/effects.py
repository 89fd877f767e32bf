"""What the actions do that the ways know. Of all others no way says a word."""

from change_ways.file import StepPlace

LOG = ("log", "writeLog")
CODE = ("code", "runCode")
POST, GET = ("http", "httpPost"), ("http", "httpGet")
PUT_OBJECT = ("aws-s3", "putObject")
INVOKE = ("cross-flow", "invokeFlow")
LOOP_ITEMS, LOOP_TIMES, BREAK = ("loop", "loopOverItems"), ("loop", "loopNTimes"), ("loop", "breakLoop")
BRANCH_IF, BRANCH_ON = ("branch", "branchOnExpression"), ("branch", "branchOnValue")

WRITES = frozenset(
    [
        POST,
        PUT_OBJECT,
        INVOKE,
        ("http", "httpPut"),
        ("http", "httpPatch"),
        ("http", "httpDelete"),
        ("http", "httpPostFormData"),
        ("slack", "postMessage"),
        ("atlassian-jira", "createIssue"),
        ("google-cloud-storage", "saveFile"),
    ]
)
READS = frozenset(
    [
        GET,
        ("google-cloud-storage", "downloadFile"),
        ("salesforce", "getRecord"),
        ("atlassian-jira", "getIssue"),
    ]
)
PURE = frozenset(
    [
        LOG,
        ("collection-tools", "createObject"),
        ("text-manipulation", "upperCase"),
        ("text-manipulation", "replace"),
        ("text-manipulation", "join"),
        ("change-data-format", "xmlToJson"),
        ("math", "add"),
        ("sleep", "sleep"),
    ]
)

DESTINATIONS = {
    POST: "url",
    ("http", "httpPut"): "url",
    PUT_OBJECT: "objectKey",
    ("slack", "postMessage"): "channelName",
    ("atlassian-jira", "createIssue"): "projectId",
    ("google-cloud-storage", "saveFile"): "fileName",
}
"""Inputs of writing actions that say where something is written."""

CONTENTS = {
    POST: "data",
    ("http", "httpPut"): "data",
    PUT_OBJECT: "fileContents",
    ("slack", "postMessage"): "message",
    ("atlassian-jira", "createIssue"): "summary",
    ("google-cloud-storage", "saveFile"): "fileContents",
}
"""Inputs of writing actions that say what is written."""


def is_unknown(step: StepPlace) -> bool:
    """Tell a step that may do anything: code, and components of one's own."""
    return step.action in {CODE, ("", "")}


def is_known(step: StepPlace) -> bool:
    return step.action in WRITES | READS | PURE
