"""Integration files as the hosted builder writes them: the order of keys, quotes; comments stay."""
