"""`python -m tracegrad.compat script.py …` and `python -m tracegrad.compat -m module …`.

They run a program as `python` does, with tracegrad in the place of autograd, in the processes that
it starts, too.
"""

from __future__ import annotations

import os
import runpy
import sys

from . import install_as_autograd

_USAGE = "usage: python -m tracegrad.compat [-m module | script.py] [arguments]"


def main() -> None:
    """Run the program that the command line names."""
    arguments = sys.argv[1:]
    if not arguments or arguments == ["-m"] or arguments[0] in ("-h", "--help"):
        sys.exit(_USAGE)
    install_as_autograd()
    site = os.path.join(os.path.dirname(os.path.abspath(__file__)), "site")
    paths = [site, os.environ.get("PYTHONPATH")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        sys.path[0] = os.path.dirname(os.path.abspath(arguments[0]))
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    main()
