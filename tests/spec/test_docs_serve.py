"""`xchange docs --serve`: a page on this machine that follows its files, over a real socket."""

import signal
import socket
import time
from contextlib import ExitStack

import pytest

from docs_server import serving
from documented import FILE, FILES, INTEGRATION, KEY
from following import PATIENCE


@pytest.fixture
def serve(interrupts, project):
    """Start serving; the process ends with the test."""
    with ExitStack() as started:
        yield lambda *arguments: started.enter_context(serving(*arguments, cwd=project(FILES)))


@pytest.fixture
def put(tmp_path):
    """Write a file of the project at once, so that nobody sees a part of it."""

    def write(name, text):
        unfinished = tmp_path / "unfinished"
        unfinished.write_text(text, encoding="utf-8")
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        unfinished.replace(tmp_path / name)

    return write


@pytest.fixture
def events():
    """Listen for events of a server, and give a function that waits for the next one."""
    connections = []

    def listen(served):
        connection = socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)
        connections.append(connection)
        connection.sendall(f"GET /events HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
        reader = connection.makefile("rb")
        connections.append(reader)

        def following():
            for line in reader:
                if line.startswith(b"data: "):
                    return line.removeprefix(b"data: ").decode().strip()
            raise AssertionError("the server has hung up")

        return following

    yield listen
    for connection in reversed(connections):
        connection.close()


def test_the_page_is_served_and_ctrl_c_ends_it(serve):
    served = serve()
    status, headers, text = served.ask()
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (
        200,
        "text/html; charset=utf-8",
        "no-store",
    )
    assert "<h1>Orders &amp; more</h1>" in text
    served.process.send_signal(signal.SIGINT)
    assert served.line() == "interrupted"
    assert served.process.wait(PATIENCE) == 130


def test_it_listens_on_the_port_that_is_asked_for_and_says_when_it_is_taken(serve, xchange, tmp_path):
    first = serve()
    ran = xchange("docs", KEY, "--serve", "--port", first.port, cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f"error: port {first.port} cannot be used: Address already in use\n"
        "hint: Leave out --port: any free one is taken.\n"
    )
    first.process.kill()
    first.process.wait()
    assert serve("--port", str(first.port)).port == first.port


def test_it_is_reachable_on_this_machine_only(serve):
    served = serve()
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex(("127.0.0.2", served.port)) != 0


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:{port}", "127.0.0.1", "localhost:1", "127.0.0.1.evil.test:{port}"]
)
@pytest.mark.parametrize("path", ["/", "/events", "/reload.js"])
def test_a_site_that_lets_its_name_lead_here_gets_nothing(host, path, serve):
    served = serve()
    status, _, text = served.ask(path, host=host.format(port=served.port))
    assert (status, text) == (403, f"This is only for {served.url}.\n")


def test_the_names_of_this_machine_are_served(serve):
    served = serve()
    assert [
        served.ask(host=f"{name}:{served.port}")[0] for name in ("localhost", "LOCALHOST", "127.0.0.1")
    ] == [200] * 3


def test_nothing_else_is_served(serve):
    served = serve()
    assert [served.ask(path)[0] for path in ("/xchange.yaml", "/../" + FILE, "/docs/setup.md")] == [404] * 3
    assert served.ask(method="POST")[0] == 501
    assert served.ask("/?x=1", method="HEAD")[::2] == (200, "")
    assert served.ask("/events", method="HEAD")[::2] == (200, "")


def test_the_page_may_load_itself_again_and_nothing_more(serve):
    served = serve()
    _, headers, text = served.ask()
    policy = headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert text.count("<script") == 1
    status, headers, script = served.ask("/reload.js?1")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "EventSource" in script


def test_a_saved_file_is_told_to_open_pages(serve, put, events):
    served = serve()
    following = events(served)
    first = following()
    assert f'src="/reload.js?{first}"' in served.ask()[2]
    put(FILE, INTEGRATION.replace("Orders & more", "Orders and more"))
    second = following()
    put(f"integrations/{KEY}/docs/new.md", "# Something new")
    third = following()
    assert len({first, second, third}) == 3
    text = served.ask()[2]
    assert "<h1>Orders and more</h1>" in text
    assert "Something new" in text


def test_a_broken_file_shows_what_is_wrong_and_a_mended_one_the_page_again(serve, put, events):
    served = serve()
    following = events(served)
    good = following()
    put(FILE, "name: [<b>\n")
    following()
    status, _, text = served.ask()
    assert status == 500
    assert "orders cannot be shown" in text
    assert f"{FILE}:1:7" in text
    assert "/reload.js" in text
    put(FILE, INTEGRATION)
    assert following() == good
    assert served.ask()[0] == 200


def test_a_file_that_goes_away_does_not_end_it(serve, tmp_path, events):
    served = serve()
    following = events(served)
    following()
    (tmp_path / FILE).unlink()
    following()
    status, _, text = served.ask()
    assert (status, f"{FILE} does not exist" in text) == (500, True)


def test_a_browser_that_hangs_up_leaves_no_word(serve):
    served = serve()
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
            connection.sendall(b"GET /events HTTP/1.1\r\n")
    end = time.monotonic() + 1
    while time.monotonic() < end:
        assert served.ask()[0] == 200
    served.process.send_signal(signal.SIGINT)
    assert served.line() == "interrupted"
