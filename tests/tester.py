"""The one tester: what every row of the table in `tests/cases/` has to fulfil.

A row is a `Case`: a function, sample arguments and a list of options. What moves (is traced and
differentiated) are the NumPy arrays and NumPy scalars of floating dtype among the arguments;
Python numbers, integer and boolean arrays and strings stay still.

A cotangent g and a tangent t pair as Re(sum(g * t)), without a conjugate.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy
import scipy

import tracegrad.numpy
import tracegrad.scipy
from tracegrad.core.box import Box, getval
from tracegrad.core.tree import flatten, unflatten
from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback

# Two ways of computing one number in float64 differ by rounding alone.
SAME = 1e-10
# Fourth-order central differences: their truncation error is h⁴f⁽⁵⁾/30, their rounding error
# eps·f/h, both below 1e-12 times values of order one. Steep samples cost the remaining digits.
STEP = 3e-4
DIFFERENCE = 1e-8
# The complex step subtracts nothing, so it is as exact as the function itself.
COMPLEX_STEP = 1e-12
# float32 carries 7 digits; a few are lost in sums and cancellations.
SINGLE = 2e-4


NUMPY_2 = int(numpy.__version__.split(".")[0]) >= 2


@dataclass(frozen=True)
class Case:
    """A row of the table.

    Attributes:
        name: where the function is found in `numpy` and `tracegrad.numpy` ("sum", "linalg.inv"),
            or in SciPy ("scipy.special.gamma"); a mere title where `fun` is given.
        args: positional arguments, inside the domain and at a distance from kinks.
        options: keyword arguments, each dict a variant of the call.
        fun: the function itself where a name does not say it; it takes boxes and plain arrays.
        use: `use(fun, *args, **options)` calls the function where arguments must be structured
            (symmetric, positive definite) or results are unique up to a sign or phase only.
        order: up to which derivatives are checked, 1 or 2.
        complex: whether the function takes complex arrays.
        float32: whether float32 in means float32 out.
        analytic: the real function extends to complex numbers, so the complex step applies.
        linear: in all that moves together, so its JVP is the function and its Hessian 0.
        broadcast: its arguments broadcast against each other.
        small: whether 0-d and empty samples are tried, where NumPy takes them.
        loss: how many times less exact differences are than for others, with the reason beside
            the row.
    """

    name: str
    args: tuple
    options: list = field(default_factory=lambda: [{}])
    fun: Callable | None = None
    use: Callable = lambda fun, *args, **options: fun(*args, **options)
    order: int = 2
    complex: bool = True
    float32: bool = True
    analytic: bool = False
    linear: bool = False
    broadcast: bool = False
    small: bool = True
    loss: float = 1.0

    @property
    def traced(self) -> Callable:
        return self.fun or find(tracegrad if self.of_scipy else tracegrad.numpy, self.name)

    @property
    def primitive(self) -> Any:
        return getattr(self.traced, "primitive", self.traced)

    @property
    def raw(self) -> Callable:
        if self.fun is not None:
            return self.fun
        return find(scipy, self.name[6:]) if self.of_scipy else find(numpy, self.name)

    @property
    def of_scipy(self) -> bool:
        return self.name.startswith("scipy.")


def find(module: Any, path: str) -> Any:
    """`find(numpy, "linalg.inv")` is `numpy.linalg.inv`."""
    return functools.reduce(getattr, path.split("."), module)


def moves(leaf: Any) -> bool:
    return isinstance(leaf, numpy.ndarray | numpy.generic) and leaf.dtype.kind in "fc"


class Sample:
    """A case with one of its options, as functions of the moving leaves alone.

    Attributes:
        leaves: the moving values.
        fun: the traced function of them; gives the tuple of the floating leaves of its result.
        raw: the same with NumPy's own function.
    """

    def __init__(self, case: Case, option: dict, change: Callable | None = None) -> None:
        self.case = case
        tree = (case.args, option)
        self.every, self.structure = flatten(tree)
        self.at = [i for i, leaf in enumerate(self.every) if moves(leaf)]
        self.leaves = [self.every[i] for i in self.at]
        if change is not None:
            self.leaves = [change(i, leaf) for i, leaf in enumerate(self.leaves)]
        self.random = numpy.random.default_rng(zlib.crc32(f"{case.name}{option}".encode()))

    def arguments(self, leaves: Any) -> tuple[tuple, dict]:
        every = list(self.every)
        for i, leaf in zip(self.at, leaves):
            every[i] = leaf
        return unflatten(self.structure, every)

    def _call(self, fun: Callable, leaves: Any) -> tuple:
        args, kwargs = self.arguments(leaves)
        return self.only_moving(self.case.use(fun, *args, **kwargs))

    @staticmethod
    def only_moving(out: Any) -> tuple:
        """The floating leaves of a result."""
        leaves = flatten(out)[0]
        return tuple([x for x in leaves if numpy.asarray(getval(x)).dtype.kind in "fc"])

    def fun(self, *leaves: Any) -> tuple:
        return self._call(self.case.traced, leaves)

    def raw(self, *leaves: Any) -> tuple:
        return self._call(self.case.raw, leaves)

    def like(self, values: Any) -> list:
        """Random vectors in the spaces of `values`."""
        return [self._like(numpy.asarray(getval(value))) for value in values]

    def _like(self, value: numpy.ndarray) -> Any:
        t = self.random.standard_normal(value.shape)
        if value.dtype.kind == "c":
            t = t + 1j * self.random.standard_normal(value.shape)
        return numpy.asarray(t).astype(value.dtype)[()]


# -- small tools ------------------------------------------------------------------------------


def pair(gs: Any, ts: Any) -> tuple[float, float]:
    """Re(sum(g * t)) over lists of leaves, and the size of what was summed."""
    terms = [numpy.ravel(numpy.real(g * t)) for g, t in zip(gs, ts, strict=True)]
    every = numpy.concatenate([numpy.zeros(0), *terms])
    return float(every.sum()), float(numpy.abs(every).sum())


def close(got: Any, want: Any, tolerance: float, what: str) -> None:
    """Leaves agree within `tolerance`, relative to the largest entry or 1."""
    assert len(got) == len(want), what
    for i, (a, b) in enumerate(zip(got, want)):
        assert not isinstance(a, Box), f"{what} {i}: a box leaked"
        a, b = numpy.asarray(a), numpy.asarray(b)
        assert a.shape == b.shape, f"{what} {i}: shape {a.shape}, not {b.shape}"
        atol = tolerance * max(1.0, float(numpy.abs(b).max(initial=0.0)))
        with numpy.errstate(invalid="ignore"):
            near = (numpy.abs(a - b) <= atol).all()
        if not near:  # or NaN in both
            numpy.testing.assert_allclose(a, b, rtol=0, atol=atol, err_msg=f"{what} {i}")


def same_spaces(got: Any, want: Any, what: str) -> None:
    """Shape and dtype of each leaf are those wanted."""
    for i, (a, b) in enumerate(zip(got, want, strict=True)):
        a, b = getval(a), getval(b)
        assert a.shape == b.shape, f"{what} {i}: shape {a.shape}, not {b.shape}"
        if NUMPY_2 or numpy.ndim(b):  # NumPy 1 itself makes float64 of numpy.float32(1) * 0.5
            assert a.dtype == b.dtype, f"{what} {i}: dtype {a.dtype}, not {b.dtype}"


def differences(fun: Callable, leaves: list, ts: list) -> list:
    """The derivative of `fun` along `ts` by fourth-order central differences."""

    def at(h: float) -> list:
        moved = [x + h * t for x, t in zip(leaves, ts)]
        return [numpy.asarray(getval(y)) for y in fun(*moved)]

    h = STEP
    rows = zip(at(h), at(-h), at(2 * h), at(-2 * h), strict=True)
    return [(8 * (a - b) - (c - d)) / (12 * h) for a, b, c, d in rows]


def vjp_of(fun: Callable, gs: list) -> Callable:
    """The map from leaves to the cotangents that `gs` gives them."""
    return lambda *leaves: tuple(pullback(fun, *leaves)[1](tuple(gs)))


def jvp_of(fun: Callable, ts: list) -> Callable:
    """The map from leaves to the tangent of the result along `ts`."""
    return lambda *leaves: pushforward(fun, list(leaves), ts)[1]


# -- the checks -------------------------------------------------------------------------------


def check_value(sample: Sample) -> None:
    """Both modes give NumPy's value, shape and dtype; the plain call is NumPy's own."""
    moved = pushforward(sample.fun, sample.leaves, sample.like(sample.leaves))[0]
    check_values(sample, pullback(sample.fun, *sample.leaves)[0], moved)


def check_values(sample: Sample, out: Any, moved: Any) -> None:
    """`check_value` of what reverse and forward mode gave."""
    want = sample.raw(*sample.leaves)
    for got in (tuple(map(getval, out)), moved, sample.fun(*sample.leaves)):
        same_spaces(got, want, "value")
        # where a function is written in terms of others, its sums may be rounded otherwise
        close(got, want, 1e-12 if want[0].dtype.itemsize >= 8 else 1e-5, "value")


def check_first(sample: Sample, tolerance: float = DIFFERENCE) -> None:
    """NumPy's value, JVP against differences, VJP against JVP, spaces, each leaf on its own."""
    fun, leaves, tolerance = sample.fun, sample.leaves, tolerance * sample.case.loss
    ts = sample.like(leaves)
    value, push = pushforward(fun, leaves, ts)
    out, vjp = pullback(fun, *leaves)
    check_values(sample, out, value)
    same_spaces(push, value, "tangent")
    gs = sample.like(value)
    pull = vjp(tuple(gs))
    same_spaces(pull, leaves, "cotangent")
    close(push, differences(sample.raw, leaves, ts), tolerance, "JVP against differences")
    check_adjoint(gs, push, pull, ts, SAME)
    if sample.case.linear:
        close(push, sample.raw(*ts), SAME, "JVP of a linear function")
    if sample.case.analytic:
        h = 1e-30
        stepped = sample.raw(*[x + 1j * h * t for x, t in zip(leaves, ts)])
        close(push, [y.imag / h for y in stepped], COMPLEX_STEP, "JVP, complex step")
    if len(leaves) > 1:
        check_alone(sample, gs, pull, push, ts)


def check_adjoint(gs: Any, push: Any, pull: Any, ts: Any, tolerance: float) -> None:
    left, left_size = pair(gs, push)
    right, right_size = pair(pull, ts)
    # what vanishes in theory is rounding errors of terms of order one
    assert abs(left - right) <= tolerance * max(left_size + right_size, 1e-2), (
        f"adjoint identity: <g, Jt> = {left!r}, <VJP g, t> = {right!r}"
    )


def check_alone(sample: Sample, gs: list, pull: Any, push: Any, ts: list) -> None:
    """Each leaf traced alone gets the same cotangent, and the tangents add up."""
    total = None
    for i, leaf in enumerate(sample.leaves):

        def alone(x: Any, i: int = i) -> tuple:
            return sample.fun(*sample.leaves[:i], x, *sample.leaves[i + 1 :])

        value, tangent = pushforward(alone, [leaf], [ts[i]])
        total = tangent if total is None else [a + b for a, b in zip(total, tangent)]
        # a result may be real while all that moves is real, and complex by a constant argument
        same_spaces(tangent, value, "tangent alone")
        close(vjp_of(alone, gs)(leaf), [pull[i]], SAME, f"VJP of leaf {i} alone")
    close(total, push, SAME, "JVPs of the leaves alone, added")


def check_second(sample: Sample, tolerance: float = DIFFERENCE) -> None:
    """The Hessian of <g, f> in four nestings, against differences of the VJP and each other."""
    fun, leaves, tolerance = sample.fun, sample.leaves, tolerance * sample.case.loss
    ts, us = sample.like(leaves), sample.like(leaves)
    gs = sample.like(sample.raw(*leaves))
    forward_reverse = pushforward(vjp_of(fun, gs), leaves, ts)[1]
    reverse_forward = vjp_of(jvp_of(fun, ts), gs)(*leaves)
    reverse_reverse = vjp_of(vjp_of(fun, gs), ts)(*leaves)
    forward_forward = pushforward(jvp_of(fun, ts), leaves, us)[1]
    for name, got in (
        ("reverse over forward", reverse_forward), ("reverse over reverse", reverse_reverse),
        ("forward over reverse", forward_reverse),
    ):  # fmt: skip
        same_spaces(got, leaves, name)
        close(got, forward_reverse, 10 * SAME, name)
    check_adjoint(gs, forward_forward, forward_reverse, us, 10 * SAME)
    close(
        forward_reverse,
        differences(vjp_of(fun, gs), leaves, ts),
        tolerance,
        "second order against differences",
    )
    if sample.case.linear:
        assert all(numpy.all(h == 0) for h in forward_reverse), "Hessian of a linear function"


def check_single(sample: Sample) -> None:
    """float32 in, float32 out, in both modes, near the float64 answer."""
    ts = sample.like(sample.leaves)
    value, push = pushforward(sample.fun, sample.leaves, ts)
    gs = sample.like(value)
    pull = vjp_of(sample.fun, gs)(*sample.leaves)
    same_spaces(value, sample.raw(*sample.leaves), "value")
    same_spaces(push, value, "tangent")
    same_spaces(pull, sample.leaves, "cotangent")
    double = [leaf.astype(numpy.float64) for leaf in sample.leaves]
    wide = [t.astype(numpy.float64) for t in ts]
    close(push, pushforward(sample.fun, double, wide)[1], SINGLE, "float32 JVP")
    check_adjoint(gs, push, pull, ts, SINGLE)


def check_keywords(sample: Sample) -> bool:
    """The arguments by their names give the same derivatives; False where NumPy takes no names."""
    args, kwargs = sample.arguments(sample.leaves)
    signature = getattr(sample.case.traced, "signature", None)
    names = signature.names if signature else ()
    if len(args) > len(names):
        return False

    def by_name(fun: Callable) -> Callable:
        return lambda *args, **options: fun(**dict(zip(names, args)), **options)

    use, traced, raw = sample.case.use, sample.case.traced, sample.case.raw
    try:
        use(by_name(raw), *args, **kwargs)
    except TypeError:
        return False
    named = Sample(replace(sample.case, fun=by_name(traced)), kwargs)
    named.every, named.structure, named.at = sample.every, sample.structure, sample.at
    named.leaves = sample.leaves
    ts = sample.like(sample.leaves)
    gs = sample.like(sample._call(raw, sample.leaves))
    for mode, move in ((vjp_of, gs), (jvp_of, ts)):
        got = mode(named.fun, move)(*sample.leaves)
        close(got, mode(sample.fun, move)(*sample.leaves), SAME, "by keyword")
    return True


def check_lists(sample: Sample) -> None:
    """Where one argument is traced, another may be a list or a Python number."""
    gs = sample.like(sample.raw(*sample.leaves))
    pull = vjp_of(sample.fun, gs)(*sample.leaves)
    for i, leaf in enumerate(sample.leaves):
        others = [other.tolist() for other in sample.leaves]

        def alone(x: Any, i: int = i, others: list = others) -> tuple:
            return sample.fun(*others[:i], x, *others[i + 1 :])

        close(vjp_of(alone, gs)(leaf), [pull[i]], SAME, f"VJP of {i}, the others as lists")
        t = sample.like([leaf])
        push = jvp_of(alone, t)(leaf)
        check_adjoint(gs, push, [pull[i]], t, SAME)
