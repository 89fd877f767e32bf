"""From a step's name to the name that references use."""

import pytest

from xchange_cli.expression.step_names import step_ref


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("GET Request 2", "getRequest2"),
        ("Receive GitHub Events Trigger", "receiveGithubEventsTrigger"),
        ("Raw GraphQL Request", "rawGraphqlRequest"),
        ("JavaScript Object to JSON", "javascriptObjectToJson"),
        ("Prep Agent and RunResult for Storage", "prepAgentAndRunresultForStorage"),
        ("Get a Queue's URL", "getAQueueSUrl"),
        ("Find & Replace", "findReplace"),
        ("Cross Flow - Get Value", "crossFlowGetValue"),
        ("Webhook/Subscriptions Trigger", "webhookSubscriptionsTrigger"),
        ("[CRM] Query Entities", "crmQueryEntities"),
        ("Deserialize URL-encoded Form", "deserializeUrlEncodedForm"),
        ("Add # of Jira issues + STARTAT value", "addOfJiraIssuesStartatValue"),
        ("Post 🎉 Message", "postMessage"),
        ("listFiles", "listfiles"),
        ("snake_case_name", "snakeCaseName"),
        ("3rd Item", "3rdItem"),
        ("Item 3RD", "item3rd"),
        ("Über Café", "berCaf"),
        ("  spaced  out  ", "spacedOut"),
        ("", ""),
        ("🎉!", ""),
    ],
)
def test_a_step_name_gives_the_name_that_references_use(name, ref):
    assert step_ref(name) == ref


def test_a_step_name_that_is_a_reference_name_of_one_word_stays_the_same():
    assert step_ref(step_ref("LIST")) == step_ref("list") == "list"
