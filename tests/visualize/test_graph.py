"""What `graph` records, and the forms it is shown in."""

import collections
import re
import xml.etree.ElementTree as ElementTree

import numpy
import pytest

import tracegrad.numpy as np
from tracegrad import grad, jvp
from tracegrad.extend import primitive
from tracegrad.visualize import graph

Point = collections.namedtuple("Point", "x y")


def two(x, y):
    return (x + y) * (x - y)


def network(params, x):
    for layer in params:
        x = np.tanh(x @ layer["w"] + layer["b"])
    return {"mean": np.mean(x, axis=0), "out": [x, None]}


PARAMS = [{"w": numpy.ones((3, 4)), "b": numpy.zeros(4)}, {"w": numpy.ones((4, 2)), "b": 0.0}]


def names(values):
    return [value.name for value in values]


def test_operations_in_order():
    g = graph(two)(3.0, 2.0)
    assert names(g.inputs) == ["x", "y"]
    assert [op.name for op in g.operations] == ["add", "subtract", "multiply"]
    assert [names(op.inputs) for op in g.operations] == [["x", "y"], ["x", "y"], ["v1", "v2"]]
    assert all(op.shape == () and op.dtype == "float64" for op in g.operations)
    assert [(name, value.name) for name, value in g.outputs] == [("result", "v3")]
    assert repr(g) == "<graph of two: 2 inputs, 3 operations, 1 output>"


def test_the_user_s_line():
    g = graph(two)(3.0, 2.0)
    for op in g.operations:
        assert re.search(r"test_graph\.py:\d+: return \(x \+ y\) \* \(x - y\)$", op.line), op.line


def test_containers_in_and_out():
    g = graph(network)(PARAMS, numpy.ones((5, 3)))
    places = ["params[0]['w']", "params[0]['b']", "params[1]['w']", "params[1]['b']", "x"]
    assert names(g.inputs) == places
    assert [name for name, _ in g.outputs] == ["result['mean']", "result['out'][0]"]
    assert g.operations[0].shape == (5, 4) and g.operations[-1].options == "axis=0"
    g = graph(lambda p, *rest, k: p.x * rest[1] * k)(Point(1.0, 2.0), 3.0, 4.0, k=5.0)
    assert names(g.inputs) == ["p.x", "p.y", "rest[0]", "rest[1]", "k"]


def test_constants():
    g = graph(lambda x: 2 * x + numpy.ones(3))(numpy.zeros(3))
    two, ones = g.operations[0].inputs[0], g.operations[1].inputs[1]
    assert (two.name, two.kind) == ("2", "constant")
    assert (ones.name, ones.kind, ones.shape) == ("array of float64 (3,)", "constant", (3,))


def test_several_results():
    both = primitive(lambda x: (x + 1.0, x * 2.0))

    def f(x):
        q, r = both(x)
        return q * r

    g = graph(f)(numpy.ones(3))
    assert g.operations[0].shape == ((3,), (3,))
    assert g.operations[0].dtype == ("float64", "float64")
    assert names(g.operations[1].inputs) == ["v1[0]", "v1[1]"]


def test_what_has_no_derivative_is_recorded_too():
    def f(x, n):
        i = np.argmax(x)
        return np.where(x > 0, x, 0.0) * x[i] ** n

    g = graph(f)(numpy.array([1.0, 3.0]), 2)
    assert [op.name for op in g.operations] == [
        "argmax",
        "greater",
        "where",
        "getitem",
        "power",
        "multiply",
    ]
    assert names(g.operations[3].inputs) == ["x", "v1"]
    assert g.operations[1].dtype == "bool"


def test_values_are_right_and_arguments_unchanged():
    x = numpy.ones(3)
    seen = []

    def f(x):
        y = np.exp(x)
        if y[0] > 1:
            seen.append(str(y[0]))
        return y

    graph(f)(x)
    assert seen == [str(numpy.exp(1.0))] and (x == 1).all()


def test_constant_and_unused():
    g = graph(lambda x, y: (5.0, x, numpy.ones(2)))(1.0, 2.0)
    assert [(name, value.name, value.kind) for name, value in g.outputs] == [
        ("result[0]", "5", "constant"),
        ("result[1]", "x", "input"),
        ("result[2]", "array of float64 (2,)", "constant"),
    ]
    assert ElementTree.fromstring(g.svg()) is not None
    assert graph(lambda: None)().svg().startswith("<svg")


def test_derivatives_are_recorded():
    g = graph(grad(two, (0, 1)))(3.0, 2.0)
    assert g.title == "grad_of_two" and len(g.operations) > 3
    assert [name for name, _ in g.outputs] == ["result[0]", "result[1]"]
    assert "cos" in [op.name for op in graph(lambda x: jvp(np.sin, (x,), (1.0,)))(1.0).operations]


def test_an_exception_leaves_nothing_behind():
    kept = []

    def f(x):
        kept.append(x)
        raise KeyError("mine")

    with pytest.raises(KeyError):
        graph(f)(1.0)
    assert kept[0] + 1 == 2.0 and not isinstance(kept[0] + 1, type(kept[0]))


def test_the_table():
    lines = graph(two)(3.0, numpy.ones(2)).table().splitlines()
    assert lines[0] == "graph of two"
    assert lines[2].split() == ["name", "operation", "inputs", "shape", "dtype", "line"]
    assert lines[4].split() == ["x", "input", "()", "float64"]
    assert lines[6].split()[:6] == ["v1", "add", "x,", "y", "(2,)", "float64"]
    starts = [line.index("float64") for line in lines[4:9]]
    assert len(set(starts)) == 1
    assert str(graph(two)(3.0, 2.0)) == graph(two)(3.0, 2.0).table()


def test_the_dot_text():
    text = graph(two)(3.0, 2.0).dot()
    assert text.startswith('digraph "graph of two" {') and text.rstrip().endswith("}")
    assert text.count("->") == 7
    assert 'label="add\\nv1: float64"' in text and "return (x + y) * (x - y)" in text


def test_quotes_and_angles_are_escaped():
    g = graph(lambda p: p['<"&\\'] ** 2)({'<"&\\': 1.0})
    ElementTree.fromstring(g.svg())
    assert r"p['<\"&\\\\']" in g.dot()


SVG = "{http://www.w3.org/2000/svg}"


def boxes(picture):
    """Title text → (left, top, right, bottom) of each drawn box."""
    found = []
    for group in ElementTree.fromstring(picture).iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        x, y, w, h = (float(rect.get(k)) for k in ("x", "y", "width", "height"))
        found.append((group.find(f"{SVG}text").text, (x, y, x + w, y + h), rect.get("fill")))
    return found


@pytest.mark.parametrize(
    "f, args",
    [
        (two, (3.0, 2.0)),
        (network, (PARAMS, numpy.ones((5, 3)))),
        (grad(lambda p, x: np.sum(network(p, x)["mean"])), (PARAMS, numpy.ones((5, 3)))),
    ],
    ids=["two", "network", "gradient"],
)
def test_no_boxes_overlap_and_all_fit(f, args):
    g = graph(f)(*args)
    root = ElementTree.fromstring(g.svg())
    width, height = float(root.get("width")), float(root.get("height"))
    drawn = [place for _, place, _ in boxes(g.svg())]
    assert len(drawn) >= len(g.inputs) + len(g.operations) + len(g.outputs)
    for i, (left, top, right, bottom) in enumerate(drawn):
        assert 0 <= left < right <= width and 0 <= top < bottom <= height
        for a, b, c, d in drawn[:i]:
            assert right <= a or c <= left or bottom <= b or d <= top


def test_the_picture_runs_downwards_and_kinds_differ_in_colour():
    found = {name: (place, fill) for name, place, fill in boxes(graph(two)(3.0, 2.0).svg())}
    assert found["x"][0][3] < found["add"][0][1] < found["multiply"][0][1] < found["result"][0][1]
    assert len({found[name][1] for name in ("x", "add", "result")}) == 3
    assert found["x"][1] == found["y"][1]
    svg = graph(two)(3.0, 2.0).svg()
    assert "test_graph.py" in svg  # the tooltip


def test_inputs_used_far_apart_are_drawn_again():
    def f(w, x):
        for _ in range(12):
            x = np.tanh(w * x)
        return x

    svg = graph(f)(1.0, 2.0).svg()
    assert [name for name, _, _ in boxes(svg)].count("w") > 1


@pytest.mark.parametrize(
    "ending, begin",
    [(".svg", "<svg"), (".dot", "digraph"), (".gv", "digraph"), (".txt", "graph of two")],
)
def test_save(tmp_path, ending, begin):
    graph(two)(3.0, 2.0).save(tmp_path / f"g{ending}")
    assert (tmp_path / f"g{ending}").read_text(encoding="utf-8").startswith(begin)
    graph(two)(3.0, 2.0).save(str(tmp_path / f"h{ending}"))


def test_save_refuses_other_endings(tmp_path):
    with pytest.raises(
        ValueError, match=r"must end in one of \['\.svg', '\.dot', '\.gv', '\.txt'\]"
    ):
        graph(two)(3.0, 2.0).save(tmp_path / "g.png")
    assert not list(tmp_path.iterdir())


def test_notebooks_get_the_picture():
    assert graph(two)(3.0, 2.0)._repr_svg_() == graph(two)(3.0, 2.0).svg()


def test_graph_takes_a_function():
    with pytest.raises(TypeError, match="takes a function first"):
        graph(3.0)


def test_long_programs():
    def f(x):
        for i in range(1500):
            x = np.sin(x) + i
        return x

    g = graph(f)(1.0)
    assert len(g.operations) == 3000
    assert g.svg().count("<g>") > 3000
