"""What is a fork no longer, for programs: the contract `xchange.upstream/1`."""

from typing import TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.upstream_data import fork_data, upstream_data
from xchange_cli.release.upstream.detach import Detached


def render(done: Detached, out: TextIO) -> None:
    data = fork_data(done.fork.key, done.fork.source.name, None, files=list(done.files))
    write_json(upstream_data("detach", data), out)
