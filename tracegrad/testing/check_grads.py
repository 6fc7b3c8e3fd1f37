"""`check_grads`: are the derivatives of a function what differences of its values say?"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import numpy

from ..operators.operator import Argnum
from .compare import Difference, element, number, worst
from .differences import Along, Tolerance, along, steps, tolerance_of
from .locate import Search
from .subject import Subject, of_call, random_like

__all__ = ["check_grads", "check_jvp", "check_vjp"]

_MODES = {"rev": "reverse mode (VJP)", "fwd": "forward mode (JVP)"}


def check_grads(
    f: Callable,
    argnum: Argnum | None = None,
    modes: Iterable[str] = ("rev", "fwd"),
    order: int = 2,
    *,
    atol: float | None = None,
    rtol: float | None = None,
    eps: float | None = None,
    seed: int = 0,
) -> Callable[..., None]:
    """A function of `f`'s arguments that checks `f`'s derivatives there, or tells what is wrong.

    For each mode: the value is the same when traced; cotangents and tangents have the shape and
    dtype of what they belong to; along random directions they agree with fourth-order central
    differences; with both modes, the one is the transpose of the other. Then the same is checked
    of the VJP and JVP as functions, up to `order`.

    Args:
        f: any function of numbers, arrays and containers of them, which gives such.
        argnum: which arguments to move: positions or keywords, one or several. If not given, all
            positional ones. Integers, booleans, strings and None in them are constants.
        modes: "fwd", "rev" or both.
        order: up to which derivatives, 1 or more. The cost doubles at least with each.
        atol, rtol: a derivative d may differ by `atol + rtol * |d|`, and besides by the rounding
            errors of the differences. If not given: 1e-9 and 1e-6; for float32 1e-4 and 1e-3,
            for it carries seven digits, of which sums lose some; for float16 0.05 and 0.05.
        eps: the step of the differences. If not given, 1e-4, and where that does not agree 1e-6
            and 1e-8, for functions with a kink or the edge of their domain close by; where results
            are float32 even for float64 arguments, 0.03 and 0.003. float32 arguments are moved as
            float64.
        seed: for the random directions.

    Raises:
        AssertionError: a derivative is wrong. The message says what was tried, in which mode and
            order, and for which element of which argument and result the derivative is what, and
            should be what.
        TypeError: no argument, or no result, holds floating-point numbers.

    Example:
        >>> import numpy
        >>> import tracegrad.numpy as np
        >>> check_grads(lambda p: np.tanh(p["w"] @ p["x"]))(
        ...     {"w": numpy.ones((2, 3)), "x": numpy.arange(3.0)})
        >>> from tracegrad.extend import defvjp, primitive
        >>> @primitive
        ... def square(x):
        ...     return x**2
        >>> defvjp(square, lambda ans, x: lambda g: g * x)  # the 2 is missing
        >>> check_grads(square, modes=["rev"], order=1)(3.0)
        Traceback (most recent call last):
        AssertionError: reverse mode (VJP) of square is wrong, at order 1
          worst: d result / d argument 0:
            got 3, expected 6, difference -3
          wrong: 1 of 1 entries
          along a random direction: got ..., expected ..., difference ...
          tried: square at argument 0 (float64, shape ()); modes rev; order 1;
            differences with eps=0.0001, rtol=1e-06, atol=1e-09
    """
    modes = [modes] if isinstance(modes, str) else list(modes)
    if not modes or any(mode not in _MODES for mode in modes):
        raise ValueError(f"modes must be some of {list(_MODES)}, not {modes!r}")
    if order < 1:
        raise ValueError(f"order must be 1 or more, not {order!r}")

    def check(*args: Any, **kwargs: Any) -> None:
        subject = of_call(f, argnum, args, kwargs)
        Check(subject, modes, order, atol, rtol, eps, seed).run(subject, order)

    return check


def check_vjp(f: Callable, x: Any) -> None:
    """Check the VJP of `f`, a function of one argument, at x. Errors are those of `check_grads`.

    Example:
        >>> import tracegrad.numpy as np
        >>> check_vjp(np.sin, 0.5)
    """
    check_grads(f, modes=("rev",), order=1)(x)


def check_jvp(f: Callable, x: Any) -> None:
    """Check the JVP of `f`, a function of one argument, at x. Errors are those of `check_grads`.

    Example:
        >>> import tracegrad.numpy as np
        >>> check_jvp(np.sin, 0.5)
    """
    check_grads(f, modes=("fwd",), order=1)(x)


class Check:
    """One call of the function that `check_grads` gives."""

    def __init__(
        self,
        subject: Subject,
        modes: list[str],
        order: int,
        atol: float | None,
        rtol: float | None,
        eps: float | None,
        seed: int,
    ) -> None:
        self.first, self.modes, self.order, self.eps = subject, modes, order, eps
        default = tolerance_of(subject)
        self.tolerance = Tolerance(
            default.rtol if rtol is None else rtol,
            default.atol if atol is None else atol,
            default.adjoint if rtol is None else max(rtol, default.adjoint),
        )
        self.random = numpy.random.default_rng(seed)
        self.step: float = 0.0

    def run(self, subject: Subject, order: int) -> None:
        """Check a function, and its derivatives up to `order`."""
        ts = random_like(subject.leaves, self.random)
        gs = random_like(subject.values, self.random)
        # nan and infinities are what the checks look for: NumPy need not warn of them
        with numpy.errstate(all="ignore"):
            sizes = steps(subject) if self.eps is None else (self.eps,)
            self.step = sizes[0]
            tries = [(h, along(subject, ts, h)) for h in sizes[:1]]
            pulled = pushed = None
            for mode in self.modes:
                if mode == "fwd":
                    value, pushed = subject.push(ts)
                    self._same_value(mode, subject, value)
                    self._same_spaces(mode, subject, pushed, subject.values, subject.results)
                    problem = functools.partial(self._forward, subject, pushed)
                else:
                    value, pulled = subject.pull(gs)
                    self._same_value(mode, subject, value)
                    self._same_spaces(mode, subject, pulled, subject.leaves, subject.names)
                    problem = functools.partial(self._reverse, pulled, gs, ts)
                if problem(tries[0][1]) is not None:
                    tries += [(h, along(subject, ts, h)) for h in sizes[len(tries) :]]
                    self._judge(mode, subject, tries, problem)
            if pulled is not None and pushed is not None:
                self._transposed(subject, pulled, pushed, gs, ts)
        if order > 1:
            for mode in self.modes:
                derived = subject.jvp if mode == "fwd" else subject.vjp
                self.run(derived(self.random), order - 1)

    def _judge(
        self, mode: str, subject: Subject, tries: list[tuple[float, Along]], problem: Callable
    ) -> None:
        """Raise, unless the derivative agrees with the differences of a smaller, sharp step."""
        rtol, atol, _ = self.tolerance
        if any(d.sharp(rtol, atol) and problem(d) is None for _, d in tries[1:]):
            return
        finite = [(h, d) for h, d in tries if d.finite()]
        if finite:
            self.step, differences = finite[0]
            direction = problem(differences)
            place = Search(subject, mode, self.step, rtol, atol).report()
            place += f"\n  along a random direction{direction}"
        else:
            self.step = tries[-1][0]
            place = (
                f"  {subject.title} is not finite within {2 * self.step:g} of the arguments: "
                "choose others, or a smaller eps"
            )
        raise AssertionError(
            f"{_MODES[mode]} of {subject.title} is wrong, at order {subject.order}\n"
            f"{place}\n{self._tried()}"
        )

    def _forward(self, subject: Subject, got: list, expected: Along) -> str | None:
        """What is wrong with the tangents."""
        rtol, atol, _ = self.tolerance
        found = worst(got, expected.values, rtol, [atol + r for r in expected.rounding])
        if found is None:
            return None
        return f", in {element(subject.results[found.leaf], found.at)}: {found}"

    def _reverse(self, pulled: list, gs: list, ts: list, expected: Along) -> str | None:
        """What is wrong with the cotangents."""
        rtol, atol, _ = self.tolerance
        left, left_size = _pair(gs, expected.values)
        right, right_size = _pair(pulled, ts)
        rounding = sum(r * float(numpy.linalg.norm(g)) for r, g in zip(expected.rounding, gs))
        if abs(left - right) <= atol + rounding + rtol * max(left_size, right_size):
            return None
        return f": {Difference(0, (), right, left, 1, 1)}"

    def _transposed(self, subject: Subject, pulled: Any, pushed: Any, gs: list, ts: list) -> None:
        left, left_size = _pair(gs, pushed)
        right, right_size = _pair(pulled, ts)
        if abs(left - right) <= self.tolerance.adjoint * (left_size + right_size + 1e-30):
            return
        raise AssertionError(
            f"the modes of {subject.title} do not agree, at order {subject.order}\n"
            f"  g·(J t) = {number(left)} by forward mode, (Jᵀ g)·t = {number(right)} by reverse "
            f"mode, for random g and t\n{self._tried()}"
        )

    def _same_value(self, mode: str, subject: Subject, value: list) -> None:
        rtol, atol, _ = self.tolerance
        self._same_spaces(mode, subject, value, subject.values, subject.results, "value")
        if all(map(numpy.array_equal, value, subject.values)):
            return
        # a function that gives nan gives it traced, too
        got, expected = (list(map(numpy.nan_to_num, values)) for values in (value, subject.values))
        found = worst(got, expected, rtol, [atol] * len(value))
        if found is not None:
            at = element(subject.results[found.leaf], found.at)
            raise AssertionError(
                f"{subject.title} gives another value when {_MODES[mode]} traces it: is it "
                f"random?\n  {at}: {found}\n{self._tried()}"
            )

    def _same_spaces(
        self,
        mode: str,
        subject: Subject,
        got: list,
        like: list,
        names: list[str],
        what: str = "derivative",
    ) -> None:
        for g, x, name in zip(got, like, names):
            if g.shape != numpy.shape(x) or g.dtype != x.dtype:
                raise AssertionError(
                    f"{_MODES[mode]} of {subject.title}, at order {subject.order}: the {what} for "
                    f"{name} is {_described(g)}, not {_described(x)}\n{self._tried()}"
                )

    def _tried(self) -> str:
        first = self.first
        at = ", ".join(f"{n} ({_described(x)})" for n, x in zip(first.names[:8], first.leaves))
        at += ", …" if len(first.names) > 8 else ""
        return (
            f"  tried: {first.title} at {at}; modes {', '.join(self.modes)}; "
            f"order {self.order};\n    differences with eps={self.step:g}, "
            f"rtol={self.tolerance.rtol:g}, atol={self.tolerance.atol:g}"
        )


def _pair(gs: list, ts: list) -> tuple[float, float]:
    """Re(sum(g * t)), and the size of what was summed: the 2-norm, as errors add at random."""
    every = numpy.concatenate([numpy.zeros(0), *[(g * t).real.ravel() for g, t in zip(gs, ts)]])
    return float(every.sum()), float(numpy.sqrt(every @ every))


def _described(x: Any) -> str:
    return f"{x.dtype}, shape {numpy.shape(x)}"
