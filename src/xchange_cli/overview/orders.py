"""The orders in which integrations can be listed."""

KEY, NAME, CATEGORY, CHANGED = "key", "name", "category", "changed"
ORDERS = (KEY, NAME, CATEGORY, CHANGED)
