"""Windows of `scipy.signal.windows`."""

from __future__ import annotations

import inspect

import numpy
import scipy.signal

from tests.tester import Case

from .samples import normal

ODD, EVEN, PERIODIC = {}, {"M": 6}, {"sym": False}
XP = {"xp": None, "device": None}
XP = [XP] if "xp" in inspect.signature(scipy.signal.get_window).parameters else []


def resized(fun, *args, **options):
    """An option M is another size than the first argument."""
    return fun(options.pop("M", args[0]), *args[1:], **options)


def window(name, *shape, options=(), **flags):
    flags = {"complex": False, "float32": False, "small": False, "use": resized, **flags}
    options = [ODD, EVEN, PERIODIC, {"sym": False, "M": 6}, {"M": 1}, *options]
    return Case(f"scipy.signal.windows.{name}", (7, *map(numpy.float64, shape)), options, **flags)


def chosen(*shapes):
    """Windows by name; the shape is last."""
    return [
        Case(name, (head, numpy.float64(shape), 6), [{}, {"fftbins": False}, *XP],
             use=lambda fun, head, shape, n, **options: fun(
                 (head, shape) if head else shape, n, **options),
             complex=False, float32=False, small=False)
        for head, shape in shapes
        for name in ("scipy.signal.get_window", "scipy.signal.windows.get_window")
    ]  # fmt: skip


ROWS = [
    window("kaiser", 3.2, options=XP),
    window("gaussian", 1.7, options=XP),
    window("general_gaussian", 1.3, 2.1, options=XP),
    window("general_hamming", 0.6, options=XP),
    window("tukey", 0.7, options=XP),
    window("tukey", 0.1),
    window("chebwin", 60.0, options=XP),
    window("chebwin", 50.5),
    Case("scipy.signal.windows.exponential", (7, None, numpy.float64(1.4)),
              [{}, {"sym": False}, {"M": 6}, *XP], use=resized, complex=False, float32=False,
              small=False),
    Case("scipy.signal.windows.exponential", (7, numpy.float64(1.3), numpy.float64(1.4), False),
         complex=False, float32=False, small=False),
    Case("scipy.signal.windows.taylor", (7, 4, numpy.float64(31.0)),
         [{}, {"sym": False}, {"M": 6, "norm": False}, *XP], use=resized, complex=False,
         float32=False, small=False),
    Case("scipy.signal.windows.kaiser_bessel_derived", (6, numpy.float64(2.3)),
         [{}, {"sym": True}, *XP], complex=False, float32=False, small=False),
    Case("scipy.signal.windows.general_cosine", (7, normal(3)), [{}, {"sym": False}, {"M": 6}],
         use=resized, complex=False, float32=False, small=False, linear=True),
    Case("scipy.signal.windows.dpss", (8, numpy.float64(2.2)),
         [{}, {"sym": False}, {"norm": "subsample"}, {"norm": 2, "Kmax": 3}, *XP,
          {"Kmax": 2, "return_ratios": True, "norm": "approximate"}, {"return_ratios": True}],
         complex=False, float32=False, small=False),
    *chosen(("gaussian", 1.7), ("tuk", 0.6), ("general hamming", 0.6), ("", 2.5)),
]  # fmt: skip
