"""What can be seen of integrations: lists, a look at one, its documentation, charts of its flows."""
