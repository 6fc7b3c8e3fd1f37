"""A picture of a program: what a step of a recurrent network does, and what its gradient does.

`graph` runs a function and keeps what was done to the numbers. The gradient is a program as well:
of `grad(f)` it shows both ways, there and back. The pictures are SVG files, which need no other
program, and text for Graphviz.
"""

import argparse
from pathlib import Path

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.visualize import graph


def step(state, letter, weights):
    """A gated unit: keeps some of its state, and takes something new for the rest."""
    keep = 1 / (1 + np.exp(-(weights["keep"] @ state)))
    new = np.tanh(weights["new"] @ state + letter)
    return keep * state + (1 - keep) * new


def energy(state, letter, weights):
    return np.sum(step(state, letter, weights) ** 2)


def main():
    parser = argparse.ArgumentParser(description="A picture of a program.")
    default = Path(__file__).parents[1] / "output"
    parser.add_argument("--output", type=Path, default=default, help="folder for the pictures")
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)

    counts = []
    weights = {"keep": np.eye(3), "new": np.ones((3, 3))}
    arguments = np.ones(3), np.arange(3.0), weights
    for name, function in {"step": step, "step_and_back": grad(energy)}.items():
        recorded = graph(function)(*arguments)
        print(f"{name}: {len(recorded.operations)} operations\n\n{recorded.table()}\n")
        for kind in ("svg", "dot"):
            recorded.save(output / f"{name}.{kind}")
            print(f"picture: {output / name}.{kind}")
        counts.append(len(recorded.operations))
    # There and back again costs a small multiple of the way there, whatever the program is.
    assert counts[0] < counts[1] < 5 * counts[0]


if __name__ == "__main__":
    main()
