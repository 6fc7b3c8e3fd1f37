"""B-splines and chirp z-transforms of `scipy.signal`."""

from __future__ import annotations

import numpy
from scipy import signal as signals

from tests.tester import Case

from .samples import normal

F64 = numpy.float64
X, AT = normal(8), numpy.array([-9.3, -0.4, 0.3, 2.2, 4.7, 6.6, 8.1, 15.9])


def signal(name, *args, options=None, **flags):
    flags = {"small": False, "complex": False, "float32": False, **flags}
    return Case(f"scipy.signal.{name}", args, options or [{}], **flags)


ROWS = [
    signal("gauss_spline", X, F64(3.0)),
    signal("gauss_spline", X, 2, float32=True),
    *[signal(name, X, options=[{}, {"lamb": 0.0}], linear=True)
      for name in ("cspline1d", "qspline1d")],
    *[signal(name, normal(n), linear=True) for name in ("cspline1d", "qspline1d") for n in (1, 2)],
    *[signal(name, X, AT, options=[{}, {"dx": F64(1.3), "x0": F64(0.4)}])
      for name in ("cspline1d_eval", "qspline1d_eval")],
    signal("symiirorder1", normal(19), 0.7, F64(-0.2)),
    # SciPy 1.11 takes one series alone
    signal("symiirorder1", normal(*[2] * hasattr(signals, "envelope"), 19), F64(0.7), 0.2, 1e-3),
    signal("sepfir2d", normal(4, 5), normal(3), normal(5)),
    signal("czt", X, options=[{}, {"m": 5}, {"axis": 0}], complex=True),
    signal("czt", normal(3, 4), options=[{"axis": 0, "m": 4, "w": numpy.complex128(0.6 + 0.7j),
                                          "a": numpy.complex128(1.1 + 0.2j)}]),
    signal("czt", X, 5, F64(0.9), F64(1.1)),
    signal("zoom_fft", X, F64(0.6), options=[{}, {"m": 5, "fs": F64(2.3)}, {"endpoint": True}]),
    signal("zoom_fft", normal(3, 4), numpy.array([0.2, 0.7]), options=[{"axis": 0}]),
    signal("czt_points", 4, numpy.complex128(0.6 + 0.7j), numpy.complex128(1.1 + 0.2j)),
    signal("czt_points", 4, None, F64(1.1)),
]  # fmt: skip
