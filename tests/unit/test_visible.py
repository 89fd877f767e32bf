"""Which step results a code step is given."""

import pytest

from xchange_cli.javascript.visible import sight, visible

NAMED = [
    "module.exports = async (context, stepResults) => ({ data: stepResults.getOrder.results })",
    "module.exports = async ({ configVars, logger }, steps) => { return { data: steps?.getOrder.results } }",
    "module.exports = async function main(context, stepResults) { return { data: stepResults['getOrder'] }; }",
    "module.exports = async (context, stepResults) => {\n  const { getOrder } = stepResults;\n  return {};\n};",
    "module.exports = async (context, { getOrder: { results } }) => ({ data: results })",
    "module.exports = async () => ({ data: 'getOrder\\n' })",
    "module.exports = async (context, s) => ({ data: `${s.getOrder.results.map((o) => { return o.id; }).join()}` })",
]
DYNAMIC = [
    "module.exports = async (context, stepResults) => ({ data: stepResults[context.x] })",
    "module.exports = async (context, stepResults) => ({ data: stepResults['get' + 'Order'] })",
    "module.exports = async (context, stepResults) => ({ data: Object.keys(stepResults) })",
    "module.exports = async (context, stepResults) => { const { getOrder, ...rest } = stepResults; }",
    "module.exports = async (context, stepResults) => { const { [context.x]: y } = stepResults; }",
    "module.exports = async (context, stepResults) => { const { a } = stepResults[context.x]; }",
    "module.exports = async (context, stepResults) => stepResults.valueOf()[context.x]",
    "module.exports = async (context, { ...all }) => all",
    "module.exports = async (...all) => all[1].getOrder",
    "module.exports = async function () { return arguments[1]; }",
    "module.exports = async context => context",
    "const main = async (context, stepResults) => stepResults.getOrder; module.exports = main;",
    "module.exports = (wrap)(async (c, s) => s[c.x])",
    "module.exports = function () { return (c, s) => s[c.x]; }()",
    "module.exports = (() => { return (c, s) => s[c.x]; })()",
    "module.exports = function (a, c, s) { return s[c.x]; }.bind(null, 1)",
    "module.exports = async (c, s) => s.getOrder; module['exports'] = (c, s) => s[c.x]",
    "module.exports = async (context, stepResults) => stepResults.\\u0067etOrder",
    "module.exports = async (context /* c */, stepResults) => stepResults.getOrder",
    "exports.main = (c, s) => s.getOrder",
]


@pytest.mark.parametrize("code", NAMED)
def test_code_that_names_each_step_is_understood(code):
    assert not sight(code).all_of_results


@pytest.mark.parametrize("code", DYNAMIC)
def test_code_that_may_read_any_step_is_given_all(code):
    assert sight(code).all_of_results


def test_results_are_cut_down_to_the_steps_in_the_text():
    results = {"getOrder": {"results": 1}, "getUser": {"results": 2}}

    assert visible(results, NAMED[0], sees_all=False) == {"getOrder": {"results": 1}}
    assert visible(results, DYNAMIC[0], sees_all=True) is results
