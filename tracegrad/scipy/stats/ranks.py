"""What depends on ranks alone: it makes steps, and its derivative is 0."""

from __future__ import annotations

from scipy import stats

from ...numpy.kinds import constant
from ...numpy.namespace import primitive_of as of

for _name in (
    "brunnermunzel", "friedmanchisquare", "kendalltau", "kruskal",
    "mannwhitneyu", "percentileofscore", "rankdata", "ranksums", "spearmanr",
    "weightedtau", "wilcoxon",
):  # fmt: skip
    constant(of(getattr(stats, _name)))
