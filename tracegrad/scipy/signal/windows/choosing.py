"""Windows by name, with traced shapes."""

from __future__ import annotations

import scipy.signal as ss
from scipy.signal import windows as sw

from ....core.box import isbox
from ....numpy.kinds import composed
from ....numpy.namespace import primitive_of as of

__all__ = ["window_of"]

_SHORT = {
    "cheb": "chebwin", "poisson": "exponential", "gauss": "gaussian", "gss": "gaussian",
    "general gauss": "general gaussian", "general_gauss": "general gaussian",
    "ggs": "general gaussian", "ksr": "kaiser", "kbd": "kaiser bessel derived",
    "taylorwin": "taylor", "tuk": "tukey",
}  # fmt: skip
_ENDINGS = {"_symmetric": True, "_periodic": False}


def window_of(window, Nx, fftbins=True, *, xp=None, device=None):
    """What `get_window` gives: a name, a name with parameters, or the parameter of a Kaiser window.

    A name without a traced parameter is SciPy's own to read.
    """
    if isbox(window):
        window = ("kaiser", window)
    if not isinstance(window, tuple) or not any(map(isbox, window)):
        return ss.get_window(window, Nx, fftbins)
    name, *shape = window
    sym = not fftbins
    for ending, symmetric in _ENDINGS.items():
        if name.endswith(ending):
            name, sym = name[: -len(ending)], symmetric
    name = _SHORT.get(name, name).replace(" ", "_")
    if not hasattr(sw, name):
        raise ValueError(f"Unknown window type {window[0]!r}")
    return of(getattr(sw, name))(Nx, *shape, sym=sym)


composed(of(ss.get_window), window_of)
composed(of(sw.get_window), window_of)
