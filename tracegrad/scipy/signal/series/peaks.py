"""Peaks: where they are is piecewise constant, how high and wide they are is not."""

from __future__ import annotations

import numpy as np
import scipy.signal as ss

from ....core.box import getval
from ....numpy.kinds import composed, constant
from ....numpy.namespace import primitive_of as of
from ....numpy.rules.arrays import as_array
from ....operators.constants import stop_gradient

__all__ = []

constant(of(ss.argrelmin), of(ss.argrelmax), of(ss.argrelextrema))


def _height_over(x, peaks, left, right):
    return x[peaks] - np.maximum(x[left], x[right])


def _crossing(x, height, at, step):
    """Where a line crosses the height next to the point `at`, which is the last one outside."""
    value = getval(at)
    outside = (np.floor if step > 0 else np.ceil)(value).astype(int)
    below = getval(x[outside]) < getval(height)
    inside = np.where(below, outside + step, outside)
    rise = np.where(below, x[inside] - x[outside], 1)
    return outside + np.where(below, step * (height - x[outside]) / rise, 0)


def _widths(x, peaks, prominences, rel_height, left, right):
    """The widths, their heights and ends, given the ends' values."""
    heights = x[peaks] - prominences * rel_height
    left, right = _crossing(x, heights, left, 1), _crossing(x, heights, right, -1)
    return right - left, heights, left, right


def _peak_prominences(x, peaks, wlen=None):
    x, peaks = as_array(x), stop_gradient(peaks)
    _, left, right = ss.peak_prominences(stop_gradient(x), peaks, wlen)
    return _height_over(x, peaks, left, right), left, right


def _peak_widths(x, peaks, rel_height=0.5, prominence_data=None, wlen=None):
    x, peaks = as_array(x), stop_gradient(peaks)
    if prominence_data is None:
        prominence_data = _peak_prominences(x, peaks, wlen)
    known = ss.peak_widths(
        stop_gradient(x), peaks, stop_gradient(rel_height), stop_gradient(prominence_data)
    )
    return _widths(x, peaks, prominence_data[0], rel_height, *known[2:])


def _find_peaks(
    x, height=None, threshold=None, distance=None, prominence=None, width=None, wlen=None,
    rel_height=0.5, plateau_size=None,
):  # fmt: skip
    x = as_array(x)
    limits = map(stop_gradient, (height, threshold, distance, prominence, width, wlen, rel_height))
    peaks, found = ss.find_peaks(stop_gradient(x), *limits, plateau_size)
    if "peak_heights" in found:
        found["peak_heights"] = x[peaks]
    if "left_thresholds" in found:
        found["left_thresholds"] = x[peaks] - x[peaks - 1]
        found["right_thresholds"] = x[peaks] - x[peaks + 1]
    if "prominences" in found:
        bases = found["left_bases"], found["right_bases"]
        found["prominences"] = _height_over(x, peaks, *bases)
    if "widths" in found:
        ends = found["left_ips"], found["right_ips"]
        widths = _widths(x, peaks, found["prominences"], rel_height, *ends)
        found |= dict(zip(("widths", "width_heights", "left_ips", "right_ips"), widths))
    return peaks, found


composed(of(ss.peak_prominences), _peak_prominences)
composed(of(ss.peak_widths), _peak_widths)
composed(of(ss.find_peaks), _find_peaks)
