"""A terminal as tests see it: what stands on it after everything that was written to it."""

import io
import re

_PART = re.compile(r"\x1b\[([\d;]*)([A-Za-z])|([\r\n])|([^\x1b\r\n]+)")


class Terminal(io.StringIO):
    """Notes every write; it says that it is a terminal of any width."""

    def __init__(self):
        super().__init__()
        self.writes = []

    def isatty(self):
        return True

    def write(self, text):
        self.writes.append(text)
        return super().write(text)


def screen(written):
    """Give the lines that a terminal shows, without colours and without blanks at their ends."""
    lines, row, column = [""], 0, 0
    for number, code, control, text in _PART.findall(written.replace("\r\n", "\n")):
        if control == "\r":
            column = 0
        elif control == "\n":
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        elif code == "A":
            row -= int(number or 1)
        elif code == "K":
            lines[row] = lines[row][:column]
        elif code == "J":
            lines[row:] = [lines[row][:column]]
        elif text:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
        else:
            assert code == "m", f"a code that this terminal does not know: {code!r}"
    return [line.rstrip() for line in lines]
