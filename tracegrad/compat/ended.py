"""Boxes that a package's rule keeps beyond their trace.

A rule may hold on to the arguments as they were traced, compute with them when the derivative is
worked out, and take one layer of boxes off the result (`_value`), as there is in autograd. So while
such a rule runs, what is computed of the boxes of a trace that is over is boxed by that trace
again; what the rule gives is then freed of such boxes.
"""

from __future__ import annotations

import threading
from typing import Any

from ..core.box import Box, new_box
from ..core.trace import EndedTrace
from ..core.tree import map_leaves
from ..modes.call import carries_derivative
from ..modes.staged import JointRule

__all__ = ["box_in_rules"]


class _Rules(threading.local):
    running = 0


_rules = _Rules()
_process = EndedTrace.process
_apply = JointRule.fun


def box_in_rules() -> None:
    """From now on box what rules compute of ended traces' boxes."""
    EndedTrace.process = _processed
    JointRule.fun = staticmethod(_applied)


def _processed(trace: Any, primitive: Any, args: tuple, kwargs: dict) -> Any:
    ans = _process(trace, primitive, args, kwargs)
    if not _rules.running:
        return ans
    return map_leaves(lambda x: new_box(x, trace, None) if carries_derivative(x) else x, ans)


def _applied(v: Any, linear: Any) -> Any:
    _rules.running += 1
    try:
        return map_leaves(_opened, _apply(v, linear))
    finally:
        _rules.running -= 1


def _opened(x: Any) -> Any:
    while isinstance(x, Box) and x._trace.over:
        x = x._value
    return x
