"""Tree → text, in block style, two blanks a level."""

from xchange_cli.canonical.scalars import INDENT, quote_of, written
from xchange_cli.canonical.tree import Alias, Comment, Group, Leaf, Part, Tree, Written

_LONGEST_KEY = 1024
"""A longer one must be written with a `?`: a rule of YAML."""


def write_tree(tree: Tree) -> str:
    """Give the text of a tree; lines end with LF, the last one too."""
    return _Writer(tree).text()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._text = tree.source.text
        self._mark = quote_of(_leaves(tree.root, []))
        self._lines: list[str] = []
        self._is_below_comment = False

    def text(self) -> str:
        tree, root = self._tree, self._tree.root
        self._comments(tree.head, "")
        if tree.has_gap:
            self._line("")
        if root.anchor and not root.is_kept:
            self._line(f"&{root.anchor}")
        if root.parts and not root.is_kept:
            self._parts(root, 0, "")
        else:
            self._line(self._one(root, 0, ""))
            self._comments(root.after, "")
        return "\n".join((*self._lines, ""))

    def _parts(self, group: Group, level: int, lead: str) -> None:
        """Write the parts of a collection; `lead` is what stands before the first one in its line."""
        indent = INDENT * level
        for part in group.parts:
            self._comments(part.before, lead[: len(lead) - len(lead.lstrip(" "))])
            if group.is_mapping:
                self._entry(part, level, lead)
            else:
                self._item(part, level, lead)
            lead = indent
        self._comments(group.after, indent)

    def _entry(self, part: Part, level: int, lead: str) -> None:
        assert part.key is not None
        key = self._key(part.key, level)
        if len(key) > _LONGEST_KEY:
            self._line(f"{lead}? {key}")
            self._value(part, level, f"{INDENT * level}:")
        else:
            self._value(part, level, f"{lead}{key}:")

    def _item(self, part: Part, level: int, lead: str) -> None:
        value = part.value
        if isinstance(value, Group) and value.parts and not value.is_kept and not value.anchor:
            self._comments(part.behind, lead[: len(lead) - len(lead.lstrip(" "))])
            self._parts(value, level + 1, f"{lead}- ")
        else:
            self._value(part, level, f"{lead}-")

    def _value(self, part: Part, level: int, lead: str) -> None:
        """Write a value behind its key or dash, and the comment behind that on the first line where it is a block."""
        value = part.value
        behind = "".join(f" {comment.text}" for comment in part.behind)
        if isinstance(value, Group) and value.parts and not value.is_kept:
            anchor = f" &{value.anchor}" if value.anchor else ""
            self._line(f"{lead}{anchor}{behind}")
            self._parts(value, level + 1, INDENT * (level + 1))
            return
        text = self._one(value, level, lead)
        first, separator, rest = text.partition("\n")
        is_block = isinstance(value, Leaf)
        self._line(f"{lead} {first}{behind}{separator}{rest}" if is_block else f"{lead} {text}{behind}")

    def _one(self, value: Written, level: int, lead: str) -> str:
        """Write a value that is no collection in block style."""
        match value:
            case Alias():
                return f"*{value.name}"
            case Group(is_kept=True):
                return self._kept(value, lead)
            case Group():
                anchor = f"&{value.anchor} " if value.anchor else ""
                return anchor + ("{}" if value.is_mapping else "[]")
            case Leaf():
                return self._leaf(value, level + 1, is_key=False)

    def _key(self, key: Leaf | Alias, level: int) -> str:
        return f"*{key.name} " if isinstance(key, Alias) else self._leaf(key, level, is_key=True)

    def _leaf(self, leaf: Leaf, level: int, *, is_key: bool) -> str:
        anchor = f"&{leaf.anchor} " if leaf.anchor else ""
        return anchor + written(leaf, level, self._mark, self._text[leaf.start : leaf.end], is_key=is_key)

    def _kept(self, group: Group, lead: str) -> str:
        """Give a collection as it is; its further lines move as much as its first one does."""
        source = self._tree.source
        first = source.position(group.start).line
        line = source.line(first)
        move = (len(lead) - len(lead.lstrip(" "))) - (len(line) - len(line.lstrip(" ")))
        lines = self._text[group.start : group.end].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join((lines[0], *(_moved(one, move) for one in lines[1:])))

    def _comments(self, comments: list[Comment], indent: str) -> None:
        """Write comments in lines of their own; a blank line between two of them stays."""
        for comment in comments:
            if comment.after_blank and self._is_below_comment:
                self._lines.append("")
            self._lines.append(f"{indent}{comment.text}")
            self._is_below_comment = True

    def _line(self, line: str) -> None:
        self._lines.append(line)
        self._is_below_comment = False


def _moved(line: str, by: int) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return line.rstrip(" ") and " " * max(0, blanks + by) + line[blanks:]


def _leaves(node: Written, found: list[Leaf]) -> list[Leaf]:
    """Collect the scalars that are written anew."""
    if isinstance(node, Leaf):
        found.append(node)
    elif isinstance(node, Group) and not node.is_kept:
        for part in node.parts:
            if isinstance(part.key, Leaf):
                found.append(part.key)
            _leaves(part.value, found)
    return found
