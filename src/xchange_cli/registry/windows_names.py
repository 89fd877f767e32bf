"""Names that Windows gives no file."""

_PORTS = "123456789\u00b9\u00b2\u00b3"
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(port + n for port in ("com", "lpt") for n in _PORTS)}
)


def is_device(name: str) -> bool:
    """Tell whether Windows takes a name for a device, whatever its ending and case."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES
