"""The memory of this process, as its operating system counts it.

The system's count is used because it sees every library's arrays; Python's own ``tracemalloc``
does not see those that PyTorch and JAX allocate.
"""

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def _status_bytes(field: str) -> int:
    for line in _STATUS.read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise LookupError(f"{_STATUS} has no line {field!r}")


def peak_bytes() -> int | None:
    """The most memory this process has held resident so far; None where no count is to be had."""
    # On Linux getrusage's peak survives exec, so a child would begin at its parent's peak.
    if _STATUS.exists():
        return _status_bytes("VmHWM")
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def resident_bytes() -> int | None:
    """The memory resident now, or the nearest that the system tells: the peak so far."""
    return _status_bytes("VmRSS") if _STATUS.exists() else peak_bytes()
