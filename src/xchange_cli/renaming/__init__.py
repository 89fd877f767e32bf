"""Another name for a flow, a step or a config variable, wherever it is named."""
