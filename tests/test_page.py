"""`docs/functions.md` says what the table of cases says."""

from __future__ import annotations

import pytest

from tests import page


def test_page_is_up_to_date():
    written = page.PAGE.read_text(encoding="utf-8")
    if f"NumPy {page.NUMPY} " not in written:
        pytest.skip("the page is made with another NumPy, which has other functions")
    assert written == page.page(), "make it anew: python -m tests.page"


def test_page_tells_options_modes_and_kinds():
    assert page.kind_of("floor") == "zero" and page.kind_of("indices") == "plain"
    assert page.row("linalg.det") == "| `linalg.det` | both | 1, 2 | float64, float32, complex |  |"
    assert page.options("sum")[:2] == ["axis", "dtype"]
    assert page.module_of("linalg.inv") == "linalg" and page.module_of("add.reduce") == ""
