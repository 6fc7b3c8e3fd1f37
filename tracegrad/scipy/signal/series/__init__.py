"""Series at other rates, their envelopes and peaks, and waves of given frequency."""

from . import envelopes, peaks, resampling, waves

__all__ = ["envelopes", "peaks", "resampling", "waves"]
