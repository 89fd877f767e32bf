"""How many examples the laws get."""

import os

MORE = int(os.environ.get("XCHANGE_EXAMPLES") or 1)
"""How many times as many there are: `XCHANGE_EXAMPLES=50` is for a night."""
