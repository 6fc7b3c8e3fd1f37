"""Published packages that use autograd, and how their own tests are run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """A package, its tests and what they need.

    Attributes:
        version: the release.
        tests: where the tests are in the source distribution, or in the wheel; none where they
            come with neither, but with a checkout (`run.py --tests`).
        autograd: the release of autograd to compare with: the newest that the package works with.
        needs: what to install beside it, pinned.
        options: of pytest.
        wheel: the tests come with the wheel.
    """

    version: str
    tests: tuple[str, ...]
    autograd: str = "1.9.1"
    needs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    wheel: bool = False


PACKAGES = {
    "autograd": Package(
        "1.9.1",
        ("tests",),
        needs=("pytest-cov==6.3.0", "pytest-xdist==3.8.0", "xarray==2025.10.1"),
        options=("-n", "0", "--no-cov"),
    ),
    "autograd-gamma": Package("0.5.0", (), needs=("setuptools==80.9.0",)),
    "pymanopt": Package(
        "2.2.1",
        ("tests",),
        needs=("pytest-randomly==4.0.1",),
        # Its conftest seeds every library that it can use; so does the plugin the ones there are.
        options=(
            "--noconftest",
            "--randomly-seed=42",
            "--randomly-dont-reorganize",
            "--ignore=tests/test_examples.py",
            "--ignore=tests/test_problem.py",
            "--ignore=tests/backends/test_jax.py",
            "--ignore=tests/backends/test_pytorch.py",
            "--ignore=tests/backends/test_tensorflow.py",
            "-k",
            "not jax and not pytorch and not tensorflow",
        ),
    ),
    "lifelines": Package(
        "0.30.3",
        ("lifelines/tests/test_estimation.py",),
        needs=(
            "dill==0.4.0",
            "flaky==3.8.1",
            "Jinja2==3.1.6",
            "joblib==1.5.2",
            "statsmodels==0.14.5",
        ),
        # What is fitted by gradients, without the longest.
        options=(
            "-k",
            "(AFT or Cure or Custom or Exponential or GeneralizedGamma or LogLogistic or LogNormal "
            "or ParametricRegression or Pieces or SemiParametric or TestWeibull) "
            "and not (_inference or simulated)",
        ),
    ),
    "pennylane": Package(
        "0.42.3",
        ("tests/gradients", "tests/math", "tests/workflow/interfaces"),
        autograd="1.8.0",
        needs=(
            "flaky==3.8.1",
            "pennylane-lightning==0.42.0",
            "pytest-mock==3.15.1",
            "pytest-rng==1.0.0",
        ),
        options=("-m", "autograd"),
        wheel=True,
    ),
    "mici": Package(
        "0.4.1",
        ("tests/test_autodiff.py", "tests/test_interface.py", "tests/test_matrices.py"),
        needs=("multiprocess==0.70.19", "symnum==0.2.1"),
        options=("-k", "(autodiff or interface or grad) and not jax"),
    ),
    "surpyval": Package(
        "0.25",
        (
            "surpyval/tests/conformance/test_derivatives.py",
            "surpyval/tests/reference/test_parametric.py",
            "surpyval/tests/test_autograd_gamma_compat_shapes.py",
            "surpyval/tests/univariate/parametric",
            "surpyval/tests/utils/test_autograd_where.py",
            "surpyval/tests/utils/test_incomplete_beta.py",
        ),
        needs=("hypothesis==6.140.3",),
    ),
    "legume-gme": Package(
        # The others compare with files that the distribution has not.
        "1.0.3",
        ("tests/test_gme_grad.py", "tests/test_primitives.py"),
        autograd="1.8.0",
    ),
    "py-wake": Package(
        "2.6.20",
        (
            "py_wake/tests/test_deflection_models",
            "py_wake/tests/test_utils/test_elliptic.py",
            "py_wake/tests/test_utils/test_gradient_utils.py",
            "py_wake/tests/test_utils/test_model_gradients.py",
            "py_wake/tests/test_utils/test_numpy.py",
            "py_wake/tests/test_wind_farm_models/test_enginering_wind_farm_model.py",
            "py_wake/tests/test_wind_farm_models/test_wind_farm_model.py",
            "py_wake/tests/test_windturbines",
        ),
        autograd="1.8.0",
        needs=("memory_profiler==0.61.0", "psutil==7.1.0", "surrogates-interface==4.3.3"),
        wheel=True,
    ),
}
