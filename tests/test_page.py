"""`docs/functions.md` and `docs/scipy.md` say what is in the table and what is declared."""

from __future__ import annotations

import pytest
import scipy

import tracegrad.scipy
from tests import page, scipy_page
from tests.tester import find


def test_page_is_up_to_date():
    written = page.PAGE.read_text(encoding="utf-8")
    if f"NumPy {page.NUMPY} " not in written:
        pytest.skip("the page is made with another NumPy, which has other functions")
    assert written == page.page(), "make it anew: python -m tests.page"


def test_page_of_scipy_is_up_to_date():
    written = scipy_page.PAGE.read_text(encoding="utf-8")
    if f"SciPy {scipy_page.SCIPY} " not in written:
        pytest.skip("the page is made with another SciPy, which has other functions")
    assert written == scipy_page.page(), "make it anew: python -m tests.scipy_page"


@pytest.mark.parametrize(
    "name, kind",
    [
        ("special.gamma", "derivative"), ("special.round", "zero"), ("linalg.qz", "refused"),
        ("stats.norm", "derivative"), ("stats.landau", "refused"), ("integrate.quad", "derivative"),
        ("interpolate.CubicSpline", "derivative"), ("interpolate.AAA", "refused"),
        ("sparse.hstack", "derivative"), ("sparse.load_npz", "refused"), ("spatial.KDTree", None),
    ],
)  # fmt: skip
def test_page_of_scipy_tells_kinds(name, kind):
    if not hasattr(find(scipy, name.rpartition(".")[0]), name.rpartition(".")[2]):
        pytest.skip("not in this SciPy")
    assert scipy_page.kind_of(find(tracegrad.scipy, name), find(scipy, name)) == kind


def test_page_tells_options_modes_and_kinds():
    assert page.kind_of("floor") == "zero" and page.kind_of("indices") == "plain"
    assert page.row("linalg.det") == "| `linalg.det` | both | 1, 2 | float64, float32, complex |  |"
    assert page.options("sum")[:2] == ["axis", "dtype"]
    assert page.module_of("linalg.inv") == "linalg" and page.module_of("add.reduce") == ""
