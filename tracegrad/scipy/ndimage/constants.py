"""Functions whose results are labels, positions, counts, masks: no small step changes them."""

import scipy.ndimage as sn

from ...numpy.kinds import constant
from ...numpy.namespace import primitive_of as of

constant(*map(of, (sn.maximum_position, sn.minimum_position, sn.label, sn.histogram)))
constant(*map(of, (sn.binary_closing, sn.binary_dilation, sn.binary_erosion, sn.binary_opening)))
constant(*map(of, (sn.binary_fill_holes, sn.binary_hit_or_miss, sn.binary_propagation)))
