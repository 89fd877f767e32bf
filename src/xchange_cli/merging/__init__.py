"""Two changed copies of an integration become one, by what their parts are."""
