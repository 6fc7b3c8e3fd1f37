"""Filters of `scipy.ndimage`: linear ones, those that choose, those of a function."""

from __future__ import annotations

import inspect

import numpy
import scipy.ndimage

from tests.tester import Case

from .samples import apart, normal

NEW = hasattr(scipy.ndimage, "vectorized_filter")
WIDE = {"output": numpy.float64}


def filters(name, *args, options=None, **flags):
    """SciPy 1.11 has no axes= in most of these."""
    known = inspect.signature(getattr(scipy.ndimage, name)).parameters
    options = [o for o in options or [{}] if "axes" in known or "axes" not in o]
    return Case(f"scipy.ndimage.{name}", args, options, **{"small": False, **flags})


X = normal(4, 5)
CVAL = numpy.float64(0.7)
MODES = [
    {"mode": mode}
    for mode in (
        "reflect",
        "grid-mirror",
        "grid-wrap",
        "grid-constant",
        "mirror",
        "nearest",
        "wrap",
    )
]
ONE = [*MODES, {"mode": "constant", "cval": CVAL}, {"origin": 1, "output": numpy.float64}]
EACH = {"mode": ["wrap", "nearest"]}

ROWS = [
    *[filters(name, normal(5), normal(3), options=[{"axis": 0}], small=True)
      for name in ("correlate1d", "convolve1d")],
    *[filters(name, X, normal(n), options=[{"axis": axis, "origin": -1}], complex=False)
      for name in ("correlate1d", "convolve1d") for n, axis in ((2, 0), (4, -2))],
    filters("correlate1d", normal(2), normal(7), options=ONE, complex=False),
    filters("correlate1d", normal(1), normal(4), options=MODES[:5], complex=False),
    filters("convolve1d", normal(4), normal(5), options=ONE[-2:], complex=False),
    *[filters(name, X, normal(2, 3)) for name in ("correlate", "convolve")],
    *[filters(name, X, normal(2, 3), options=[ONE[-2], {"origin": [0, -1], **WIDE}], complex=False)
      for name in ("correlate", "convolve")],
    *[filters(name, X, normal(3), options=[{"axes": 0}, {"axes": (-1,), "origin": 1}],
              complex=False) for name in ("correlate", "convolve")],
    filters("correlate", X, normal(2, 3), options=[{"axes": (1, 0)}], complex=False),
    filters("uniform_filter1d", X, options=[{"size": 3, "axis": 0}, {"size": 2, "origin": -1}],
            linear=True),
    filters("uniform_filter1d", X, options=[{"size": 3, **ONE[-2]}, {"size": 1, **WIDE}],
            complex=False),
    filters("uniform_filter", X, options=[
        {}, {"size": (2, 3), **EACH}, {"size": 2, "origin": [0, -1], **WIDE}, {"axes": 1},
        ONE[-2]], complex=False),
    filters("uniform_filter", X, linear=True),
]  # fmt: skip

# -- Gaussians and differences
SIGMA = numpy.float64(0.8)
ROWS += [
    filters("gaussian_filter1d", normal(5), SIGMA, options=[
        {}, *[{"order": k} for k in (1, 2, 3)], {"truncate": 2.0, "axis": 0, **WIDE},
        {"radius": 1, "mode": "mirror"}, ONE[-2]], complex=False, float32=False),
    filters("gaussian_filter", X, numpy.array([0.6, 0.9]), options=[
        {}, {"order": (0, 1), **EACH}, {"radius": (1, 2)}, {"truncate": 2.0, **WIDE}, ONE[-2]],
        complex=False, float32=False),
    filters("gaussian_filter", X, 0.7, options=[{}, {"axes": 0, "order": 2}]),
    filters("gaussian_filter", X, [0.0, 1.0], linear=True),
    filters("gaussian_laplace", X, numpy.array([0.6, 0.9]), complex=False, float32=False,
            options=[{}, {"truncate": 2.0, **EACH}, {**ONE[-2], **WIDE}]),
    filters("gaussian_laplace", X, 0.7, options=[{"axes": 1}]),
    filters("gaussian_gradient_magnitude", X, SIGMA, complex=False, float32=False,
            options=[{}, {"truncate": 2.0, **EACH}, {**ONE[-2], **WIDE}]),
    filters("gaussian_gradient_magnitude", X, 0.7, options=[{}, {"axes": 1}], complex=False),
    *[filters(name, X, options=[{}, {"axis": 0, **EACH}], linear=True)
      for name in ("prewitt", "sobel")],
    *[filters(name, X, options=[WIDE], complex=False) for name in ("prewitt", "sobel", "laplace")],
    *[filters(name, X, options=[ONE[-2]], complex=False) for name in ("prewitt", "sobel")],
    filters("laplace", X, linear=True, small=True),
    filters("laplace", X, options=[EACH, {"axes": -1}, ONE[-2]], complex=False),
]  # fmt: skip


def across(input, axis, output, mode, cval, scale=1.0, *, by=1.0):
    """A difference, by the function of the module that the image belongs to."""
    import tracegrad.scipy

    weights = [-1.0, 0.5 * scale, by]
    return tracegrad.scipy.ndimage.correlate1d(input, weights, axis, output, mode, cval)


for _name in ("generic_laplace", "generic_gradient_magnitude"):
    _more = {"extra_arguments": (2.0,), "extra_keywords": {"by": 0.7}}
    ROWS += [
        filters(_name, X, across, complex=False,
                options=[{}, {**_more, **EACH, **WIDE}, {"axes": 0}, ONE[-2]]),
        filters(_name, X, across, complex=_name == "generic_laplace"),
    ]  # fmt: skip

# -- what a window's order chooses
A = apart(4, 5)
CROSS = numpy.array([[0, 1, 0], [1, 1, 1], [0, 1, 1]], bool)
PAIR = numpy.array([[1, 0], [1, 1]], bool)


def chosen(name, *args, options=None, **flags):
    return filters(name, A, *args, options=options, complex=False, order=1, **flags)


BORDER = {"size": 3, "mode": "constant", "cval": CVAL}
CHOICES = [{"size": 3}, {"footprint": CROSS}, {"footprint": PAIR, "origin": (0, -1)},
           {"size": 2, "axes": 1}, BORDER, {"size": (3, 1), "mode": "mirror", **WIDE}]  # fmt: skip
ROWS += [
    *[chosen(f"{name}_filter", options=[*CHOICES, {"size": (2, 3), **EACH}])
      for name in ("maximum", "minimum")],
    *[chosen(f"{name}_filter1d", 3, options=[{}, {"axis": 0, "origin": 1}, ONE[-2], WIDE])
      for name in ("maximum", "minimum")],
    chosen("median_filter", options=CHOICES),
    *[chosen("percentile_filter", q, options=CHOICES[:1]) for q in (0, 30, -20, 100)],
    chosen("percentile_filter", 60, options=CHOICES),
    *[chosen("rank_filter", rank, options=CHOICES[:1]) for rank in (0, 3, -2, -1)],
    chosen("rank_filter", -1, options=CHOICES),
    filters("rank_filter", apart(7), 1, options=[{"size": 3}, BORDER], complex=False, order=1),
]  # fmt: skip
MORPHOLOGY = [
    *CHOICES[:3], {"size": (2, 3), "origin": (-1, 0), "mode": "wrap"}, CHOICES[3], BORDER,
    {"structure": 0.1 * apart(3, 2)}, {"structure": 0.06 * apart(3, 3), "footprint": CROSS},
]  # fmt: skip
for _name in (
    "grey_erosion", "grey_dilation", "grey_opening", "grey_closing", "white_tophat",
    "black_tophat", "morphological_gradient", "morphological_laplace",
):  # fmt: skip
    _basic = _name in ("grey_erosion", "grey_dilation")
    ROWS += [
        chosen(_name, options=MORPHOLOGY if _basic else MORPHOLOGY[3:], float32=False),
        chosen(_name, options=[{"size": 3}]),
        chosen(_name, options=[{"size": 2, **WIDE}], float32=False),  # some keep float32
    ]


# -- a function of windows
def spread(window, power=2.0, *, shift=0.0):
    return ((window - window[0] + shift) ** power).sum()


def smoothed(line, taken, scale=1.0, *, shift=0.0):
    taken[...] = scale * line[:-2] * line[2:] + shift


MORE = {"extra_arguments": (3.0,), "extra_keywords": {"shift": 0.5}, **WIDE}
ROWS += [
    filters("generic_filter", A, spread, complex=False, float32=False,
            options=[{"size": 2, **MORE}, {"footprint": CROSS, "mode": "wrap"}]),
    filters("generic_filter", A, spread, complex=False, float32=False, order=1,
            options=[BORDER, {"size": 2, "axes": 0}, {"size": 2, "origin": -1}]),
    filters("generic_filter1d", A, smoothed, 3, complex=False, float32=False,
            options=[{}, {"axis": 0, **MORE}, {"origin": 1}, ONE[-2]]),
]  # fmt: skip


def softmax(windows, axis):
    return numpy.log(numpy.sum(numpy.exp(windows), axis))


if NEW:
    ROWS += [
        filters("vectorized_filter", A, softmax, complex=False, options=[
            {"size": 2}, {"footprint": CROSS, "mode": "mirror", "origin": (1, 0)},
            {"size": 2, "axes": 0, "mode": "constant", "cval": CVAL}, {"size": 3, "mode": "valid"},
            {"size": 2, "mode": "wrap", "batch_memory": 2**20, "output": None}]),
    ]  # fmt: skip

ROWS = [row for row in ROWS if row.options]
