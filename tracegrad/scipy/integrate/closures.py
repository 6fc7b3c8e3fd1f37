"""Functions of the user's that are called by a solver, as one trace after the other sees them.

A solver works on plain values. What the function that it calls gives may be traced all the same,
through values from outside that it uses. The traces are taken off from the newest to the oldest:
seen by one of them, the function has a value (which older traces may watch) and a derivative, and
the derivative of what the solver computes is the solution of a problem of the same kind, given to
the same solver.
"""

from __future__ import annotations

import contextlib
import types

import numpy as np

from ...core.box import Box, getval
from ...core.errors import NoDerivative, user_line
from ...core.trace import running
from ...core.tree import flatten
from ...modes.forward import ForwardTrace
from ...modes.reverse import ReverseTrace, left_over
from ...modes.tape import dense, walk_back
from ...spaces import match

__all__ = ["Met", "Runs", "by_level", "frozen", "is_traced", "pushed_through", "split"]


class Met(Exception):
    """A function gave a value of a trace that is newer than those taken off so far."""

    def __init__(self, trace):
        super().__init__()
        self.trace = trace


def newest(*values):
    """The newest running trace that watches one of these values; None where none does."""
    found = None
    for leaf in flatten(values)[0]:
        leaf = left_over(leaf, None)
        if isinstance(leaf, Box) and (found is None or leaf._trace.id > found.id):
            found = leaf._trace
    return found


def is_traced(*values):
    """Whether a running trace watches one of these values."""
    return newest(*values) is not None


def split(x, trace):
    """The value and what `trace` knows of it, None where it does not watch x."""
    x = left_over(x, trace)
    if isinstance(x, Box):
        if x._trace is trace:
            return x._value, x._node
        if trace is None or x._trace.id > trace.id:
            raise Met(x._trace)
    return x, None


@contextlib.contextmanager
def alive(trace, kind):
    """A trace that runs, be it over: a reverse trace of later may ask for the function again."""
    mode, trace.__class__ = type(trace), kind
    try:
        with running:
            yield
    finally:
        trace.__class__ = mode


def _remembering(fun):
    """The function, called once for each point: a value and its derivative are often wanted there.

    What a reverse trace watches belongs to the tape of its moment and is not kept.
    """
    known = {}

    def remembering(*x):
        plain = not any(isinstance(item, Box) for item in x)
        if plain and x in known:
            return known[x]
        ans = fun(*x)
        if plain and len(known) < MOST and all(map(_reusable, ans)):
            known[x] = ans
        return ans

    return remembering


MOST = 100_000


def _reusable(x):
    if isinstance(x, dict):
        return all(map(_reusable, x.values()))
    if isinstance(x, Box):
        return type(x._trace) is ForwardTrace and _reusable(x._value) and _reusable(x._node)
    return True


def pushed_through(fun, trace, points=False):
    """The function with its value and its tangent for a forward trace, None for zero.

    With `points` its arguments are numbers, which tell one call from another.
    """

    def pushing(*args):
        with alive(trace, ForwardTrace):
            return split(fun(*args), trace)

    return _remembering(pushing) if points else pushing


def by_level(name, levels, given, below=np.inf):
    """What a solver gives, with the derivatives of the traces older than `below`.

    `levels` are the functions for no trace, forward and reverse traces; the latter two are called
    with the trace.
    """
    plain, pushed, recorded = levels
    trace = newest(*given)
    while True:
        try:
            if trace is None:
                return plain()
            if type(trace) is ForwardTrace:
                return pushed(trace)
            if type(trace) is ReverseTrace:
                return recorded(trace)
            raise NoDerivative(
                f"{name}: only derivatives go through it, no other kind of trace.\n  in "
                f"{user_line()}\n  Pass stop_gradient(...) of what it uses."
            )
        except Met as met:
            if met.trace.id > below:
                raise
            trace = met.trace


def frozen(fun, known=None):
    """The function with the variables it closes over as they are now.

    A derivative may ask for it after a loop has gone on (`for k in ...: quad(lambda x: k * x)`).
    """
    known = {} if known is None else known
    if isinstance(fun, Box):
        return fun.held()
    if not isinstance(fun, types.FunctionType) or not fun.__closure__:
        return fun
    if id(fun) not in known:
        cells = [types.CellType() for _ in fun.__closure__]
        copy = types.FunctionType(
            fun.__code__, fun.__globals__, fun.__name__, fun.__defaults__, tuple(cells)
        )
        copy.__kwdefaults__ = fun.__kwdefaults__
        known[id(fun)] = copy
        for cell, old in zip(cells, fun.__closure__):
            with contextlib.suppress(ValueError):  # not assigned yet
                cell.cell_contents = frozen(old.cell_contents, known)
    return known[id(fun)]


class Runs:
    """Runs of functions on tapes of their own, of one reverse trace.

    Attributes:
        outside: the nodes of values from outside that the results depend on, with their shapes and
            dtypes. Their cotangents are handled as one real vector.
    """

    def __init__(self, trace):
        self.trace = trace
        self.outside = {}
        self.first = None
        self.closed = False  # on the tape with what was found until then

    def _run(self, fun, args, at):
        """The value and node of fun(*args), the tape, and the node of the argument at `at`."""
        trace, root = self.trace, None
        held, trace.tape = trace.tape, {}
        try:
            with alive(trace, ReverseTrace):
                if at is not None:
                    box = trace.watch(args[at])
                    args, root = (*args[:at], box, *args[at + 1 :]), box._node
                value, node = split(fun(*args), trace)
        finally:
            tape, trace.tape = trace.tape, held
        return value, node, tape, root

    def values(self, fun):
        """The function as older traces see it. Its runs tell what it uses from outside."""

        def values(*args):
            value, node, tape, _ = self._run(fun, args, None)
            if self.first is None:
                # solvers write to the vectors that they pass
                self.first = fun, tuple(map(_copy, args)), np.array(getval(value))
            if node is not None:
                parents = {p for edges in tape.values() for p, _, _ in edges} | {node}
                if not parents <= tape.keys() | self.outside.keys():
                    self._learn(walk_back(tape, {node: np.ones_like(value)}))
            return value

        return values

    def slopes(self, fun):
        """A function of numbers that gives one: its value, and the cotangents of what it uses."""

        def slopes(*x):
            value, node, tape, _ = self._run(fun, x, None)
            found = {} if node is None else walk_back(tape, {node: np.ones_like(value)})
            found = {p: dense(g) for p, g in found.items() if g is not None}
            self._learn(found)
            return value, found

        return _remembering(slopes)

    def _learn(self, found):
        for node, g in found.items():
            if g is not None and node not in self.outside:
                if self.closed:
                    raise RuntimeError(_DIFFERS)
                g = np.asarray(getval(dense(g)))
                self.outside[node] = g.shape, g.dtype

    def check(self):
        """Whether a function still gives what it did."""
        if self.first is not None:
            fun, args, before = self.first
            if not np.array_equal(getval(self._run(fun, args, None)[0]), before, equal_nan=True):
                raise RuntimeError(_DIFFERS)

    def pull(self, fun, g, args, at):
        """The cotangents of the argument at `at` and of what is outside."""
        _, node, tape, root = self._run(fun, args, at)
        found = {} if node is None else walk_back(tape, {node: g})
        return self._parted(found, root, args[at])

    def rows(self, fun, args, at):
        """The value and its Jacobians by the argument at `at` and by what is outside."""
        value, node, tape, root = self._run(fun, args, at)
        pairs = []
        for unit in np.eye(value.size):
            found = {} if node is None else walk_back(tape, {node: unit}, keep=True)
            pairs.append(self._parted(found, root, args[at]))
        first, second = zip(*pairs)
        return value, np.stack(first), np.stack(second)

    def _parted(self, found, root, x):
        own = dense(found.pop(root, None))
        return np.zeros(np.shape(x)) if own is None else own, self.vector(found)

    def vector(self, found):
        """The cotangents of what is outside, by node, as one vector."""
        if not found.keys() <= self.outside.keys():
            raise RuntimeError(_DIFFERS)
        parts = [np.zeros(0)]
        for node, (shape, dtype) in self.outside.items():
            g = dense(found.get(node))
            g = np.zeros(shape, dtype) if g is None else g
            parts.append(np.ravel(g.real))
            if dtype.kind == "c":
                parts.append(np.ravel(g.imag))
        return np.concatenate(parts)

    def pulled(self, fun, g, *args):
        """The vector of cotangents of what is outside."""
        _, node, tape, _ = self._run(fun, args, None)
        return self.vector({} if node is None else walk_back(tape, {node: g}))

    def at_points(self, fun, j, unit, *args):
        """The derivative by the j-th of what is outside at each point of an array of them.

        Walking back is linear in the cotangent, and is itself walked back.
        """
        value, node, tape, _ = self._run(fun, args, None)
        again = ReverseTrace()
        each = again.watch(np.ones(value.shape))
        found = {} if node is None else walk_back(tape, {node: each * unit})
        one = self.vector(found)[j]
        one = split(one, again)[1]
        back = {} if one is None else walk_back(again.tape, {one: np.float64(1.0)})
        again.end()
        found = dense(back.get(each._node))
        return np.zeros(value.shape) if found is None else found

    @property
    def size(self):
        """The length of the vector of the cotangents of what is outside."""
        return sum(
            [np.prod(s, dtype=int) * (1 + (d.kind == "c")) for s, d in self.outside.values()]
        )

    def shared(self, vector):
        """Node → its part of such a vector."""
        found, start = {}, 0
        for node, (shape, dtype) in self.outside.items():
            n = np.prod(shape, dtype=int)
            g = vector[start : start + n].reshape(shape)
            start += n
            if dtype.kind == "c":
                g = g + vector[start : start + n].reshape(shape) * 1j
                start += n
            found[node] = match(g[()], dtype)
        return found

    def record(self, ans, cotangents, inputs):
        """Put the solver's result on the tape.

        Args:
            ans: the result.
            cotangents: g ↦ the vector of what is outside, and a list for `inputs`.
            inputs: the values that the solver was given, in boxes of the trace or not.
        """
        trace = self.trace
        nodes = [x._node if isinstance(x, Box) and x._trace is trace else None for x in inputs]

        def back(g):
            vector, given = cotangents(g)
            found = self.shared(vector)
            for node, x, one in zip(nodes, inputs, given):
                if node is not None:
                    one = match(np.reshape(one, x.shape)[()], x.dtype)
                    found[node] = found[node] + one if node in found else one
            return found

        self.closed = True
        every = {*self.outside, *nodes} - {None}
        if not every:
            return ans
        whole = trace.next_node()
        trace.tape[whole] = tuple([(node, _pick, (node,)) for node in every])
        return trace.record(ans, ((whole, back, ()),))


def _copy(x):
    return x.copy() if isinstance(x, np.ndarray) else x


def _pick(found, node):
    return found.get(node)


_DIFFERS = (
    "a function did not give the same when it was called again for its derivative: what it uses "
    "from outside was written to or named anew. Pass that in args=."
)
