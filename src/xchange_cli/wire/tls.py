"""TLS settings as the terms of a request have them."""

import ssl
from pathlib import Path
from tempfile import TemporaryDirectory

from xchange_cli.wire.http import Terms, WireError


def tls_context(terms: Terms) -> ssl.SSLContext:
    """Give the settings for HTTPS.

    Trusted are the authorities of Mozilla's list and those of the system, or where SSL_CERT_FILE or SSL_CERT_DIR is
    set those alone, or those of the terms alone.

    Raises:
        WireError: `tls-failed` for certificates or keys that cannot be read.

    """
    context = _trusting(terms)
    if not terms.verifies:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if terms.certificate:
        _show_certificate(context, terms)
    return context


def _trusting(terms: Terms) -> ssl.SSLContext:
    import httpx

    if terms.ca:
        try:
            return ssl.create_default_context(cadata=terms.ca)
        except (ssl.SSLError, ValueError) as error:
            raise _unusable("the certificates to trust", error) from error
    if not terms.verifies:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context = httpx.create_ssl_context()
    except OSError as error:
        raise _unusable("the certificates that SSL_CERT_FILE or SSL_CERT_DIR names", error) from error
    context.load_default_certs()
    return context


def _show_certificate(context: ssl.SSLContext, terms: Terms) -> None:
    """Take over the client's certificate; the library reads it from files only, so there are some for a moment."""
    with TemporaryDirectory(prefix="xchange-") as folder:
        file = Path(folder, "client.pem")
        file.touch(mode=0o600)
        file.write_text(f"{terms.certificate}\n{terms.key}\n", encoding="utf-8")
        try:
            context.load_cert_chain(file, password="")
        except (ssl.SSLError, ValueError) as error:
            raise _unusable("the client's certificate and key", error) from error


def _unusable(what: str, error: Exception) -> WireError:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or "they are not PEM text"
    return WireError("tls-failed", f"{what} cannot be used: {reason}")
