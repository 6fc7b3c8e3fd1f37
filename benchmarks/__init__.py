"""Benchmarks: what a gradient costs, as a ratio to value and gradient written by hand in NumPy.

Run ``python -m benchmarks`` from the root of the repository; ``--help`` tells the options.
"""

import os

# Numerical libraries read these once, when they are first imported, so they are set here, before
# any module of this package imports one. One thread each: on a few elements a second thread costs
# more than it gives, and CPU time summed over threads would no longer compare like with like.
for _variable in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
):
    os.environ.setdefault(_variable, "1")
os.environ.setdefault(
    "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)
