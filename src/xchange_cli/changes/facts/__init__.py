"""What the kinds of change ask before they judge."""
