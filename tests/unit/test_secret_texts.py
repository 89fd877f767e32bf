"""Which texts count as secrets."""

import pytest

from xchange_cli.validation.secret_texts import (
    Found,
    assigned_secrets,
    is_random_under,
    is_stand_in,
    may_hold_tokens,
    tokens_in,
)

LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF"
HEX = "8f14e45fceea167a5a36dedd4bea2543"
TOKENS = {
    "aws key id": "AKIA" + "Z7Q2W9R4T6Y1U8P3",
    "slack token": "xoxb-" + "123456789012-" + LETTERS,
    "slack webhook": "hooks.slack.com/services/T01ABCDEF/B01ABCDEF/" + LETTERS,
    "github token": "ghp_" + LETTERS + "ab12",
    "gitlab token": "glpat-" + LETTERS,
    "google key": "AIza" + LETTERS + "abc",
    "stripe key": "sk_live_" + LETTERS,
    "sendgrid key": "SG." + LETTERS[:22] + "." + LETTERS,
    "npm token": "npm_" + LETTERS + "ab12",
    "twilio key": "SK" + HEX,
    "shopify token": "shpat_" + HEX,
    "ai key": "sk-proj-" + LETTERS,
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + LETTERS,
    "private key": f"-----BEGIN RSA PRIVATE KEY-----\n{LETTERS}\n-----END RSA PRIVATE KEY-----",
}


@pytest.mark.parametrize(("kind", "token"), TOKENS.items(), ids=TOKENS)
def test_a_known_kind_of_token_is_found_where_it_stands(kind, token):
    text = f"before {token} behind"
    assert may_hold_tokens(text)
    assert list(tokens_in(text)) == [Found(kind, 7, 7 + len(token))]


def test_bearer_tokens_and_passwords_of_urls_are_found_without_what_stands_around():
    text = f"Bearer {LETTERS} postgres://ann:correct-horse@db.acme.test/x"
    assert may_hold_tokens(text)
    assert [(found.kind, text[found.start : found.end]) for found in tokens_in(text)] == [
        ("bearer token", LETTERS),
        ("password of a URL", "correct-horse"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "https://user:password@host/",
        "https://{{#User}}:{{#Password}}@host/",
        "https://host:8080/a@b",
        "Bearer authentication is required here",
        "Bearer {{$login.results.token}}",
        "sk_live_xxxxxxxxxxxxxxxxxxxx",
    ],
)
def test_what_only_reminds_of_a_token_is_none(text):
    assert list(tokens_in(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<your key>",
        "xxxx",
        "****",
        "changeme",
        "Change-Me",
        "example-token",
        "{{#Key}}",
        "your-api-key",
        "…",
        "-",
        "token",
    ],
)
def test_what_documentation_writes_is_no_secret(text):
    assert is_stand_in(text)


@pytest.mark.parametrize("text", ["correct horse", "hunter2", LETTERS, HEX, "manyfold"])
def test_everything_else_may_be_one(text):
    assert not is_stand_in(text)


@pytest.mark.parametrize(
    ("name", "text", "is_secret"),
    [
        ("apiKey", HEX, True),
        ("X-Auth-Token", LETTERS, True),
        ("order", HEX, False),
        ("tokenUrl", "https://login.acme.test/oauth2/v2.0/token/a1b2c3", False),
        ("tokenId", HEX, False),
        ("API Key Location", HEX, False),
        ("passwordPolicy", HEX, False),
        ("password", "correcthorsebatterystaple", False),
        ("token", "customerAccessTokenSecretV2", False),
        ("secret", "a1b2c3", False),
        ("secret", "aaaaaaaaaaaaaaaaaaaaaaa1a1a1a1", False),
    ],
)
def test_random_text_counts_under_the_name_of_a_secret(name, text, is_secret):
    assert is_random_under(name, text) is is_secret


def test_code_that_gives_a_random_text_to_the_name_of_a_secret_holds_one():
    code = f"""\
const apiKey = "{HEX}";
const headers = {{ "Authorization": `Basic {LETTERS}`, "X-Request-Id": "{HEX}" }};
const password = context.configVars["Shop"].fields.password;
const clientSecret = "${{secret}}";
"""
    assert [(name, code[found.start : found.end]) for name, found in assigned_secrets(code)] == [
        ("apiKey", HEX),
        ("Authorization", LETTERS),
    ]


@pytest.mark.parametrize("text", ["Tr0ub4dor&3xQ!", "hunter22", "open!sesame"])
def test_code_that_gives_what_may_be_a_password_to_the_name_of_one_holds_a_secret(text):
    code = f'const password = "{text}";'
    assert [(name, code[found.start : found.end]) for name, found in assigned_secrets(code)] == [
        ("password", text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "short1!",
        "access_token",
        "x-hub-signature-256",
        "oauth2.access-token",
        "accessToken2",
        "2024-01-31T00:00:00Z",
        "ann2@acme.test",
        "$.data[0].token",
        "/auth/v2!",
        "changeme123!",
        "12345678",
    ],
)
def test_words_paths_moments_and_addresses_in_code_are_no_passwords(text):
    assert list(assigned_secrets(f'const token = "{text}";')) == []


def test_code_without_names_of_secrets_holds_none():
    assert list(assigned_secrets(f'const checksum = "{HEX}";')) == []


def test_long_texts_without_secrets_take_no_time():
    text = "://" * 20_000 + "a" * 200_000 + "token = " * 20_000
    assert list(tokens_in(text)) == []
    assert list(assigned_secrets(text)) == []
