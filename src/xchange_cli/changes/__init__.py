"""What differs between two integrations in what they mean, how much it matters, and to whom."""
