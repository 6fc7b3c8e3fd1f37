"""SciPy's result objects with traced fields, and the intervals that they compute."""

from __future__ import annotations

import collections
from typing import Any

import numpy as np

from ...core.tree import register
from ...numpy.rules.arrays import refuse
from .distribution import laws

__all__ = ["with_fields"]

_Interval = collections.namedtuple("ConfidenceInterval", ["low", "high"])


def _interval(centre, half, sides):
    """Both bounds, or with one side the bound that counts: -1 less, 1 greater, 0 two-sided."""
    unbounded = np.full(np.shape(centre), np.inf)[()]
    return _Interval(
        low=-unbounded if sides == -1 else centre - half,
        high=unbounded if sides == 1 else centre + half,
    )


def _beyond(confidence_level, sides):
    """The probability outside one bound."""
    if not 0.0 <= confidence_level <= 1.0:
        raise ValueError("`confidence_level` must be a number between 0 and 1.")
    return (1.0 - confidence_level) * (0.5 if sides == 0 else 1.0)


class _TtestIntervals:
    def confidence_interval(self, confidence_level=0.95):
        sides = int(self._alternative)
        half = laws["t"].isf(_beyond(confidence_level, sides), self.df) * self._standard_error
        return _interval(self._estimate, half, sides)


class _PearsonIntervals:
    """By R. A. Fisher's transformation, arctanh r."""

    def confidence_interval(self, confidence_level=0.95, method=None):
        refuse("confidence_interval", method=method)
        sides = {"less": -1, "greater": 1}.get(self._alternative, 0)
        half = laws["norm"].isf(_beyond(confidence_level, sides)) / np.sqrt(self._n - 3.0)
        low, high = _interval(np.arctanh(self.statistic), half, sides)
        return _Interval(np.tanh(low), np.tanh(high))


_WITH_INTERVALS = {"TtestResult": _TtestIntervals, "PearsonRResult": _PearsonIntervals}
_kinds: dict[type, type] = {}


def _kind(kind: type) -> type:
    """The type of a traced result: SciPy's own or one derived from it, known to pytrees."""
    found = _kinds.get(kind)
    if found is None:
        intervals = _WITH_INTERVALS.get(kind.__name__)
        found = type(kind.__name__, (intervals, kind), {}) if intervals else kind
        if hasattr(kind, "__dict__") and not hasattr(kind, "__dataclass_fields__"):
            register(found, _take, lambda _, parts: _build(found, *parts))
        _kinds[kind] = found
    return found


def _take(result: Any) -> tuple:
    fields = list(result) if isinstance(result, tuple) else None
    return [fields, dict(getattr(result, "__dict__", {}))], None


def _build(kind: type, fields: Any, attributes: dict) -> Any:
    new = object.__new__(kind) if fields is None else tuple.__new__(kind, fields)
    if attributes:
        new.__dict__.update(attributes)
    return new


def with_fields(result: Any, fields: dict[str, Any]) -> Any:
    """The result with these fields in place of its own."""
    names = getattr(result, "_fields", ())
    values = [fields.get(name, getattr(result, name)) for name in names]
    attributes = dict(getattr(result, "__dict__", {}))
    attributes |= {name: value for name, value in fields.items() if name not in names}
    return _build(_kind(type(result)), values if names else None, attributes)
