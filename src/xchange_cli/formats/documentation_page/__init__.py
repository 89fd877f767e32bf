"""The documentation of an integration as one page of HTML that needs nothing else: no network, no script."""
