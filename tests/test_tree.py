"""Nested containers taken apart and put together."""

from __future__ import annotations

import collections
import dataclasses
from typing import Any, NamedTuple

import numpy
import pytest

from tests.tester import pullback, pushforward
from tracegrad.core.tree import flatten, map_leaves, register, structure_of, unflatten


class Pair(NamedTuple):
    first: Any
    second: Any


@dataclasses.dataclass
class Layer:
    weight: Any
    bias: Any
    name: str = "dense"


@dataclasses.dataclass(frozen=True)
class Frozen:
    x: Any

    def __post_init__(self):
        if isinstance(self.x, str):
            raise ValueError("checked when built by hand, not when put together again")


class Registered:
    def __init__(self, x, label):
        self.x, self.label = x, label


register(Registered, lambda r: ((r.x,), r.label), lambda label, xs: Registered(*xs, label))

TREES = [
    1.0,
    [],
    (),
    {},
    None,
    "text",
    [1.0, (2.0, [3.0])],
    {"b": 1.0, "a": [2.0, None]},
    Pair(1.0, Pair(2.0, "x")),
    Layer(numpy.ones(2), 0.5),
    Frozen((1.0, 2.0)),
    collections.OrderedDict([("z", 1.0), ("a", 2.0)]),
    [numpy.float32(1), numpy.ones(3), 2, 3j, True, None, "s", len, slice(None)],
]


@pytest.mark.parametrize("tree", TREES, ids=repr)
def test_round_trip(tree):
    leaves, structure = flatten(tree)
    again = unflatten(structure, leaves)
    assert type(again) is type(tree)
    assert repr(again) == repr(tree)
    assert structure_of(again) == structure


def test_leaves_are_numbers_and_arrays_in_order():
    array = numpy.arange(2.0)
    tree = {"w": [1.0, 2], "name": "first", "none": None, "yes": True, "b": (array, 3j)}
    leaves, structure = flatten(tree)
    assert leaves[:2] == [1.0, 2] and leaves[2] is array and leaves[3] == 3j and len(leaves) == 4
    again = unflatten(structure, ["a", "b", "c", "d"])
    assert again == {"w": ["a", "b"], "name": "first", "none": None, "yes": True, "b": ("c", "d")}


def test_dicts_keep_their_order_and_kind():
    tree = collections.defaultdict(list, {"b": 1.0, "a": 2.0})
    leaves, structure = flatten(tree)
    again = unflatten(structure, leaves)
    assert leaves == [1.0, 2.0] and list(again) == ["b", "a"]
    assert type(again) is collections.defaultdict and again["missing"] == []
    ordered = unflatten(*reversed(flatten(collections.OrderedDict(z=1.0, a=2.0))))
    assert type(ordered) is collections.OrderedDict and list(ordered) == ["z", "a"]


def test_dataclasses_are_built_without_their_checks():
    _, structure = flatten(Frozen(1.0))
    again = unflatten(structure, ["text"])
    assert isinstance(again, Frozen) and again.x == "text"
    layer = unflatten(structure_of(Layer(1.0, 2.0, "first")), [3.0, 4.0])
    assert layer == Layer(3.0, 4.0, "first")


def test_register():
    leaves, structure = flatten([Registered(2.0, "label")])
    (again,) = unflatten(structure, [5.0])
    assert leaves == [2.0] and again.x == 5.0 and again.label == "label"


def test_structures_compare():
    assert structure_of([1.0, 2.0]) == structure_of([numpy.ones(3), 5])
    different = [[1.0], (1.0, 2.0), [1.0, [2.0]], {"a": 1.0}, {"b": 1.0}, Pair(1.0, 2.0), None]
    different += [collections.OrderedDict(a=1.0), Registered(1.0, "a"), Registered(1.0, "b")]
    structures = list(map(structure_of, different))
    for i, one in enumerate(structures):
        for j, other in enumerate(structures):
            assert (one == other) is (i == j), (one, other)
    assert repr(structure_of({"a": [1.0, None]})) == "dict('a': list(*, None))"


def test_map_leaves():
    assert map_leaves(lambda x: -x, Pair(1.0, [2.0])) == Pair(-1.0, [-2.0])
    assert map_leaves(lambda x, y: x + y, {"a": 1.0}, {"a": 2.0}) == {"a": 3.0}
    with pytest.raises(ValueError, match="differ in structure"):
        map_leaves(lambda x, y: x + y, [1.0], (2.0,))
    with pytest.raises(ValueError, match="differ in structure"):
        map_leaves(lambda x, y: x + y, {"a": 1.0}, {"b": 2.0})


def test_a_deep_tree():
    tree: Any = 1.0
    for _ in range(200):
        tree = [tree]
    assert flatten(tree)[0] == [1.0]


@pytest.mark.parametrize(
    "pack",
    [
        lambda x, y: [x, (y, None)], lambda x, y: {"x": x, "y": {"z": y}}, Pair, Layer,
        lambda x, y: Registered((x, y), "r"), lambda x, y: collections.OrderedDict(a=x, b=y),
        lambda x, y: [x, "text", y],
    ],
)  # fmt: skip
def test_results_may_be_any_tree(pack):
    """Both modes give trees of the result's structure, boxes inside or not."""
    x, t = numpy.array([1.0, 2.0]), numpy.array([0.5, -1.0])
    value, tangent = pushforward(lambda x: pack(x * x, 3.0), [x], [t])
    assert structure_of(value) == structure_of(tangent)
    numpy.testing.assert_array_equal(flatten(tangent)[0][0], 2 * x * t)
    assert flatten(tangent)[0][1] == 0
    _, vjp = pullback(lambda x: pack(x * x, 3.0), x)
    numpy.testing.assert_array_equal(vjp(pack(numpy.ones(2), 1.0))[0], 2 * x)
