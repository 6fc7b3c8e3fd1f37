"""Every case, in the order of the table."""

from . import chains, models, scaling
from .case import Case

_ORDER = (
    "chain_scalar",
    "chain_vector",
    "taylor_sine",
    "logistic_toy",
    "logistic_large",
    "mlp_small",
    "rnn",
    "elementwise_1e6",
    "scalar_reads",
    "small_params",
    "long_chain",
    "deep_chain",
)

_by_name = {case.name: case for case in (*chains.CASES, *models.CASES, *scaling.CASES)}

CASES: dict[str, Case] = {name: _by_name[name] for name in _ORDER}
