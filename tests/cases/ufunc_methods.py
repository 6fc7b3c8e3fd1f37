"""The methods of ufuncs: reduce, accumulate, reduceat, outer; `at` by its functional form."""

from __future__ import annotations

import numpy

import tracegrad.numpy
from tests.tester import Case
from tracegrad.core.box import isbox
from tracegrad.numpy.rules.reductions.ufunc_methods import scatter

from .samples import apart, inside, normal

N, A, Q = normal(3, 4), apart(3, 4), 1.0 + 0.3 * inside(3, 4)
MASK = numpy.arange(12).reshape(3, 4) % 3 != 1
# each remainder is neither zero nor near a multiple of the next divisor
R = numpy.array([[29.3, -31.7, 40.1, 27.9], [11.0, 13.1, -12.3, 12.4], [4.3, -5.2, 3.1, 5.7]])
V = normal(4)

# A sample that suits each ufunc, and whether it takes complex numbers.
ONE_AXIS = {
    "subtract": (N, True), "divide": (N, True), "power": (Q, True), "remainder": (R, False),
    "fmod": (R, False), "arctan2": (N, False), "copysign": (N, False), "nextafter": (N, False),
}  # fmt: skip
ANY_AXES = {
    "add": (N, True), "multiply": (N, True), "maximum": (A, False), "minimum": (A, False),
    "fmax": (A, False), "fmin": (A, False), "hypot": (N, False), "logaddexp": (N, False),
    "logaddexp2": (N, False),
}  # fmt: skip
SAMPLES = {**ONE_AXIS, **ANY_AXES, "float_power": (Q, True)}
STARTS = {"maximum": -9.0, "fmax": -9.0, "minimum": 9.0, "fmin": 9.0, "remainder": 61.3}
STARTS["fmod"] = 61.3
F64 = {"dtype": numpy.float64}
OTHER_DTYPE = {"complex": False, "float32": False, "small": False}


def rows(method, args, options, names=SAMPLES, **flags):
    """A row for each ufunc; float_power gives float64 whatever it gets."""
    for name in names:
        x, complex = SAMPLES[name]
        own = {"complex": complex, "float32": name != "float_power"}
        # products of powers are steep
        loss = 100.0 if name in ("power", "float_power", "divide") else 1.0
        more = options(name) if callable(options) else options
        yield Case(f"{name}.{method}", (x, *args), more, **{**own, "loss": loss, **flags})


# Along the last axis NumPy itself folds these wrongly where its loops are vectorised:
# power.reduce([2, 1.5, 1.2, 0.7]) is 2**0.7.
VECTORISED = {"power", "arctan2"}
SURE = SAMPLES.keys() - VECTORISED


def folds(name):
    start = STARTS.get(name, 1.5)
    if name in VECTORISED:
        return [
            {},
            {"axis": -2, "keepdims": True},
            {"initial": start},
            {"initial": start, "where": MASK},
        ]
    return [
        {}, {"axis": 1}, {"axis": -1, "keepdims": True}, {"initial": start},
        {"initial": start, "where": MASK, "axis": 1}, {"initial": start, "where": MASK[1]},
    ]  # fmt: skip


ROWS = [
    *rows("reduce", (), folds),
    *rows(
        "reduce", (), [{"axis": None}, {"axis": (0, -1), "keepdims": True}, {"axis": ()}], ANY_AXES
    ),
    *rows("reduce", (), [{"where": MASK}], ("add", "multiply", "hypot", "logaddexp", "logaddexp2")),
    *rows("accumulate", (), [{}, {"axis": 1}, {"axis": -1}]),
    *rows("reduceat", ([0, 2, 1],), [{}]),
    *rows("reduceat", ([1, 3, 0, 3],), [{"axis": 1}, {"axis": -1}], sorted(SURE)),
    *rows("reduceat", ([0, 2, 1],), [{"axis": -2}], sorted(VECTORISED)),
    *rows("reduceat", ([1, 2],), [{}], ("add",)),
    *rows("reduce", (), [F64], **OTHER_DTYPE),
    *rows("accumulate", (), [F64], **OTHER_DTYPE),
    *rows("reduceat", ([0, 2, 1],), [F64], **OTHER_DTYPE),
]
for _name, (_x, _complex) in SAMPLES.items():
    _y = _x[1] if _name in ("remainder", "fmod") else apart(8)[4:] if _x is A else V
    _y = Q[1] if _x is Q else _y
    _left = apart(8)[:4] if _x is A else _x[0]
    ROWS.append(
        Case(f"{_name}.outer", (_left, _y), complex=_complex, float32=_name != "float_power")
    )

# -- a traced start ------------------------------------------------------------------------------


def from_start(ufunc, **options):
    """The start of a fold is traced as well."""
    return lambda x, start: of_box(ufunc).reduce(x, initial=start, **options)


def of_box(ufunc):
    return getattr(tracegrad.numpy, ufunc)


ROWS += [
    Case(f"{name}.reduce", (x, numpy.float64(STARTS.get(name, 1.5))), fun=from_start(name),
         complex=False, float32=name != "float_power", small=False, loss=100.0)
    for name, (x, _) in SAMPLES.items()
]  # fmt: skip

# -- at ------------------------------------------------------------------------------------------

TWICE = numpy.array([2, 0, 2, 2])


def after(ufunc, indices):
    """`ufunc.at` of a copy, as a function."""

    def changed(a, *b):
        if any(map(isbox, (a, *b))):
            return scatter(ufunc, a, indices, *b)
        copy = numpy.array(a)
        ufunc.at(copy, indices, *b)
        return copy

    return changed


def changed(name, *args, complex=False, indices=TWICE, **flags):
    fun = after(getattr(numpy, name), indices)
    return Case(f"{name}.at", args, fun=fun, complex=complex, small=False, **flags)


ROWS += [
    changed("add", N, normal(4, 4), linear=True, complex=True),
    changed("add", N, normal(4)),
    changed("add", N, normal(4), indices=(slice(None), TWICE)),
    changed("add", N, normal(), indices=MASK),
    changed("add", V, normal(), indices=1),
    changed("subtract", N, normal(4), linear=True),
    changed("multiply", N, normal(4), complex=True),
    changed("divide", N, normal(4), loss=100.0),
    changed("power", Q, Q[1]),
    changed(
        "maximum",
        apart(3, 5)[:, :4],
        apart(3, 5)[0, 4:],
    ),
    changed("logaddexp", N, normal(4, 4)),
    changed("negative", N),
    changed("sin", N),
]
