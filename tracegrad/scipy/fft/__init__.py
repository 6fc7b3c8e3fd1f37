"""Every public name of `scipy.fft`, its functions as primitives."""

import scipy.fft as _fft

from ...numpy.namespace import wrap_namespace as _wrap_namespace

_wrap_namespace(_fft, globals())
for _name in (
    "get_workers", "set_workers", "set_backend", "skip_backend", "set_global_backend",
    "register_backend", "next_fast_len", "prev_fast_len", "test",
):  # fmt: skip
    if hasattr(_fft, _name):  # they take and give no arrays
        globals()[_name] = getattr(_fft, _name)

from . import cosines, exponentials, hankel  # noqa: E402
