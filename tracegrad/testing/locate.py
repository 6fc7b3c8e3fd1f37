"""Finding the wrong entry of a Jacobian, once a random direction has shown that there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy

from .compare import Difference, element
from .differences import along
from .subject import Subject, random_like

__all__ = ["Search"]

FEW = 48
"""So many elements are tried one by one; more are first halved, the worse half taken."""


class Unit(NamedTuple):
    """One real coordinate: an element of a leaf, and 1 or i."""

    leaf: int
    flat: int
    direction: complex


class Search:
    """Looks for the entry of the Jacobian that is most wrong in one mode.

    Args:
        subject: the function.
        mode: "rev" or "fwd".
        h: the step of the differences.
        rtol, atol: what is allowed.
    """

    def __init__(self, subject: Subject, mode: str, h: float, rtol: float, atol: float) -> None:
        self.subject, self.mode, self.h = subject, mode, h
        self.rtol, self.atol = rtol, atol
        random = numpy.random.default_rng(1)
        self.ts = random_like(subject.leaves, random)
        self.gs = random_like(subject.values, random)

    def report(self) -> str:
        """The worst entry and how many others are wrong; or that no single entry is."""
        subject = self.subject
        inputs = self._narrow(_units(subject.leaves), self._off_by_input)
        self.ts = _masked(self.ts, inputs)
        outputs = self._narrow(_units(subject.values), self._off_by_output)
        found: Difference | None = None
        where = ""
        wrong = total = 0
        rows = [self._row(unit) for unit in outputs] if self.mode == "rev" else []
        for unit in inputs:
            ts = _single(subject.leaves, unit)
            expected = along(subject, ts, self.h)
            got = subject.push(ts)[1] if self.mode == "fwd" else []
            for j, out in enumerate(outputs):
                want = _part(expected.values, out)
                have = _part(got, out) if self.mode == "fwd" else _paired(rows[j], unit)
                total += 1
                allowed = self.atol + expected.rounding[out.leaf] + self.rtol * abs(want)
                if abs(have - want) <= allowed or have == want:
                    continue
                wrong += 1
                if found is None or _size(have - want) > _size(found.got - found.expected):
                    found = Difference(out.leaf, (), have, want, 0, 0)
                    above = _named(subject.values, subject.results, out)
                    where = f"d {above} / d {_named(subject.leaves, subject.names, unit)}"
        entries = sum(map(numpy.size, subject.leaves)) * sum(map(numpy.size, subject.values))
        of_all = "" if total >= entries else f" looked at, of {entries}"
        if found is None:
            return (
                f"  no single entry of the Jacobian is wrong among the {total}{of_all}: the "
                "derivative may not be linear in what it is given"
            )
        return f"  worst: {where}:\n    {found}\n  wrong: {wrong} of {total} entries{of_all}"

    def _narrow(self, units: list[Unit], off: Callable[[list[Unit]], float]) -> list[Unit]:
        while len(units) > FEW:
            half = len(units) // 2
            units = max(units[:half], units[half:], key=off)
        return units

    def _off_by_input(self, units: list[Unit]) -> float:
        """How wrong the derivative is along the random direction, in these coordinates alone."""
        ts = _masked(self.ts, units)
        expected = along(self.subject, ts, self.h).values
        if self.mode == "fwd":
            got = self.subject.push(ts)[1]
            return _size(sum(numpy.sum(numpy.abs(a - b)) for a, b in zip(got, expected)))
        return _size(_dot(self.gs, expected) - _dot(self.subject.pull(self.gs)[1], ts))

    def _off_by_output(self, units: list[Unit]) -> float:
        """The same for coordinates of the result, along the direction found so far."""
        gs = _masked(self.gs, units)
        expected = along(self.subject, self.ts, self.h).values
        if self.mode == "fwd":
            got = self.subject.push(self.ts)[1]
            return _size(_dot(gs, [a - b for a, b in zip(got, expected)]))
        return _size(_dot(gs, expected) - _dot(self.subject.pull(gs)[1], self.ts))

    def _row(self, unit: Unit) -> list[numpy.ndarray]:
        """The cotangents of the leaves for one coordinate of the result."""
        conjugate = unit._replace(direction=numpy.conj(unit.direction))
        return self.subject.pull(_single(self.subject.values, conjugate))[1]


def _units(leaves: Sequence) -> list[Unit]:
    """All real coordinates, leaf by leaf."""
    return [
        Unit(i, k, direction)
        for i, leaf in enumerate(leaves)
        for k in range(numpy.size(leaf))
        for direction in ((1, 1j) if leaf.dtype.kind == "c" else (1,))
    ]


def _masked(vectors: Sequence, units: list[Unit]) -> list[numpy.ndarray]:
    """The vectors in these coordinates, zero in the others."""
    kept = [numpy.zeros(numpy.shape(v), v.dtype) for v in vectors]
    for i, k, direction in units:
        v = vectors[i].flat[k]
        kept[i].flat[k] += v.real if direction == 1 else 1j * v.imag
    return kept


def _single(leaves: Sequence, unit: Unit) -> list[numpy.ndarray]:
    """The unit vector of one coordinate."""
    zeros = [numpy.zeros(numpy.shape(leaf), leaf.dtype) for leaf in leaves]
    zeros[unit.leaf].flat[unit.flat] = unit.direction
    return zeros


def _part(values: Sequence[numpy.ndarray], unit: Unit) -> float:
    """One coordinate of a vector."""
    return float(numpy.real(numpy.conj(unit.direction) * values[unit.leaf].flat[unit.flat]))


def _paired(cotangents: Sequence[numpy.ndarray], unit: Unit) -> float:
    """What the cotangents say of a unit vector."""
    return float(numpy.real(unit.direction * cotangents[unit.leaf].flat[unit.flat]))


def _dot(gs: Sequence, ts: Sequence) -> float:
    return float(sum(numpy.sum(numpy.real(g * t)) for g, t in zip(gs, ts)))


def _size(x: complex) -> float:
    """The absolute value, infinite where it is not a number."""
    return float(abs(x)) if numpy.isfinite(x) else float("inf")


def _named(leaves: Sequence, names: list[str], unit: Unit) -> str:
    leaf = leaves[unit.leaf]
    shape = numpy.shape(leaf)
    index = tuple([int(k) for k in numpy.unravel_index(unit.flat, shape)]) if shape else ()
    name = element(names[unit.leaf], index)
    if leaf.dtype.kind != "c":
        return name
    return f"{'Re' if unit.direction == 1 else 'Im'} {name}"
