"""A difference becomes a change: with its kind, its grade and its words, and without secrets."""

from collections.abc import Iterable
from typing import NamedTuple

from xchange_cli.changes.change import Change, Concern, Line
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.fingerprint import fingerprint
from xchange_cli.changes.kind import ChangeKind, Scene
from xchange_cli.changes.places import Places, narrowed, path_of, places
from xchange_cli.changes.secrets import secrets_of, without_secrets
from xchange_cli.changes.table import kind_of
from xchange_cli.changes.words.structure import value_difference
from xchange_cli.document.node import Node, Scalar
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.source import Span
from xchange_cli.validation.hidden_tokens import NAME, without_tokens_in
from xchange_cli.validation.secret_texts import may_hold_tokens


class _Texts(NamedTuple):
    lines: tuple[Line, ...]
    old: str | None
    new: str | None


class Judge:
    """Judges the differences of one pair of integrations; `key` is that of the integration."""

    def __init__(self, scene: Scene, key: str) -> None:
        self._scene = scene
        self._key = key
        self._redactor = Redactor()
        self._known: set[Part] = set()
        for side in (scene.old, scene.new):
            self._learn(*(part for part in side.walk() if part.kind is PartKind.CONFIG_VAR))

    def change(self, delta: Delta) -> Change:
        scene = self._scene
        kind = kind_of(delta, scene)
        if delta.kind is not PartKind.INTEGRATION:
            self._learn(delta.old, delta.new)
        shown = without_secrets(delta, scene.catalog)
        judgement = kind.judge(delta, scene)
        texts = _texts(kind, shown)
        where = self._places(delta, shown)
        change = Change(
            kind=kind.id,
            grade=judgement.grade,
            reason=judgement.reason,
            message=kind.message(shown, scene),
            concern=kind.concern if isinstance(kind.concern, Concern) else kind.concern(delta, scene),
            subject=self._known_as(kind.subject(delta, scene), delta),
            flow=self._flow(delta),
            step=_name_within(delta.part, PartKind.STEP),
            path=path_of(delta.part, delta.address),
            old_span=where.old,
            new_span=where.new,
            fingerprint=fingerprint(kind.id, self._key, shown, scene),
            lines=texts.lines,
            old_text=texts.old,
            new_text=texts.new,
        )
        return self._told(change)

    def _flow(self, delta: Delta) -> str:
        """Give the name of the flow, as it is called now also for what is gone from it."""
        flow = delta.part.within(PartKind.FLOW)
        return self._scene.pairs.get(flow, flow).name if flow is not None else ""

    def _known_as(self, subject: str, delta: Delta) -> str:
        """Give the name of a flow that those know who have the old version."""
        flow = delta.part.within(PartKind.FLOW)
        if flow is None or subject != flow.name:
            return subject
        return next((old.name for old, new in self._scene.pairs.items() if new is flow), subject)

    def _learn(self, *parts: Part | None) -> None:
        for part in parts:
            if part is not None and part not in self._known:
                self._known.add(part)
                texts = sorted(secrets_of(part, self._scene.catalog))
                self._redactor.learn(Secret(NAME, text) for text in texts)

    def _places(self, delta: Delta, shown: Delta) -> Places:
        """Keep the lines from being shown where a secret stands in them."""
        found = places(delta)
        is_same = shown.old_value is delta.old_value and shown.new_value is delta.new_value
        if is_same and not any(self._is_beside_secret(span) for span in found if span is not None):
            return found
        return Places(*(span and span.concealed for span in found))

    def _is_beside_secret(self, span: Span) -> bool:
        lines = map(span.source.line, range(span.first.line, span.last.line + 1))
        return any(self._text(line) != line for line in lines)

    def _told(self, change: Change) -> Change:
        """Take out what came by another way than the values of the difference."""
        return change._replace(
            reason=self._text(change.reason),
            message=self._text(change.message),
            subject=self._text(change.subject),
            flow=self._text(change.flow),
            step=self._text(change.step),
            path=tuple(map(self._text, change.path)),
            lines=tuple(line._replace(text=self._text(line.text)) for line in change.lines),
            old_text=None if change.old_text is None else self._text(change.old_text),
            new_text=None if change.new_text is None else self._text(change.new_text),
        )

    def _text(self, text: str) -> str:
        text = self._redactor.text(text)
        return without_tokens_in(text) if may_hold_tokens(text) else text


def changes_of(deltas: Iterable[Delta], scene: Scene, key: str) -> tuple[Change, ...]:
    judge = Judge(scene, key)
    return tuple(judge.change(delta) for delta in deltas)


def _texts(kind: ChangeKind, shown: Delta) -> _Texts:
    """Give before and after, of values that can be shown."""
    if shown.what is What.RENAMED and shown.old and shown.new:
        return _Texts((), shown.old.name, shown.new.name)
    if shown.what is not What.CHANGED:
        return _Texts((), None, None)
    has_lines = kind.lines if isinstance(kind.lines, bool) else kind.lines(shown)
    lines = _lines_of(shown) if has_lines else ()
    old, new = narrowed(shown.old_value, shown.new_value)
    return _Texts(lines, _written(old), _written(new))


def _lines_of(shown: Delta) -> tuple[Line, ...]:
    """Compare values, without what only follows a new name where anything else differs, too."""
    return value_difference(shown.told_old_value, shown.new_value) or value_difference(
        shown.old_value, shown.new_value
    )


def _written(node: Node | None) -> str | None:
    """Give a text as it is, other values as JSON."""
    if node is None or isinstance(node, Scalar):
        return None if node is None else node.value
    import json

    return json.dumps(node.data, ensure_ascii=False)


def _name_within(part: Part, kind: PartKind) -> str:
    found = part.within(kind)
    return found.name if found is not None else ""
