"""What stands in a sample payload is never reported as missing."""

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.shapes.json_sample import shape_of_sample
from xchange_cli.shapes.paths import follow
from xchange_cli.shapes.shape import Origin, any_of

NAMES = st.text(max_size=6) | st.sampled_from(["0", "1", "length", "$bytes", "id"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


def paths(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from paths(part, (*path, str(name)))


@given(VALUES)
def test_every_path_of_a_sample_is_known(sample):
    shape = shape_of_sample(sample, Origin("sample"))
    assert [path for path in paths(sample) if follow(shape, path).gap] == []


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_every_path_of_any_of_several_samples_is_known(samples):
    shape = any_of(shape_of_sample(sample, Origin(f"sample {n}")) for n, sample in enumerate(samples))
    assert [path for sample in samples for path in paths(sample) if follow(shape, path).gap] == []


@given(st.lists(VALUES, max_size=5))
def test_the_order_of_samples_does_not_matter_for_what_is_missing(samples):
    origins = [Origin(f"sample {n}") for n in range(len(samples))]
    shapes = [shape_of_sample(sample, origin) for sample, origin in zip(samples, origins, strict=True)]
    tried = [(*path, "missing") for sample in samples for path in paths(sample)]
    there, back = any_of(shapes), any_of(reversed(shapes))
    assert [bool(follow(there, path).gap) for path in tried] == [
        bool(follow(back, path).gap) for path in tried
    ]
