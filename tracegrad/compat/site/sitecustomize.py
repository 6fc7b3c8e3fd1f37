"""Run by Python when it starts, where this folder is on PYTHONPATH: for worker processes."""

from tracegrad.compat import install_as_autograd

if __name__ == "sitecustomize":  # and not where it is imported as a part of the package
    install_as_autograd()
