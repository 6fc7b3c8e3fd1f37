"""Forward and reverse mode, side by side, on f(x, y) = (x + y)(x - y).

Forward mode goes along with the program, from the arguments to the result, and carries for every
value its change along one direction of the arguments. Two arguments take two runs. Reverse mode
records the program and walks back, and carries for every value what the result's change by it is.
One walk serves all arguments, which is why it is the one to train models with.

What was recorded is shown as a table and drawn into `two_modes.svg` and `two_modes.dot`
(text for Graphviz).
"""

import argparse
from pathlib import Path

import tracegrad.numpy as np
from tracegrad import Tape, jvp
from tracegrad.visualize import graph


def f(x, y):
    total = x + y
    difference = x - y
    return total * difference


def steps(x, y):
    """f, with everything on the way to its result."""
    total = x + y
    difference = x - y
    return {"x": x, "y": y, "x + y": total, "x - y": difference, "result": total * difference}


def side_by_side(x, y):
    values, along_x = jvp(steps, (x, y), (1.0, 0.0))
    _, along_y = jvp(steps, (x, y), (0.0, 1.0))
    with Tape() as tape:
        recorded = steps(*tape.watch((x, y)))
    back = tape.gradient(recorded["result"], recorded)

    print(f"f(x, y) = (x + y)(x - y) at x = {x:g}, y = {y:g}\n")
    print("              forward ↓: change by   reverse ↑: change of")
    print("value               x          y     the result by it")
    for name in values:
        print(
            f"{name:6} = {values[name]:4g} {along_x[name]:9g}  {along_y[name]:9g}  {back[name]:12g}"
        )
    # f is x² - y². Forward mode has the answer in its last row, reverse mode in its first two.
    assert (along_x["result"], along_y["result"]) == (2 * x, -2 * y)
    assert (back["x"], back["y"]) == (2 * x, -2 * y)


def show_graph(x, y, output):
    recorded = graph(f)(x, y)
    print(f"\nWhat was recorded:\n\n{recorded.table()}")
    assert "return total * difference" in recorded.table()  # the user's line of each operation
    assert [operation.name for operation in recorded.operations] == ["add", "subtract", "multiply"]

    picture = output / "two_modes.svg"
    recorded.save(picture)
    recorded.save(output / "two_modes.dot")
    assert "<svg" in picture.read_text(encoding="utf-8")
    print(f"\n{recorded.dot()}\npicture: {picture}")

    # Arrays make the same graph: an operation is one, however many elements it has.
    arrays = graph(f)(np.ones((2, 3)), np.ones(3))
    assert [operation.shape for operation in arrays.operations] == [(2, 3)] * 3


def main():
    parser = argparse.ArgumentParser(description="Forward and reverse mode, side by side.")
    default = Path(__file__).parent / "output"
    parser.add_argument("--output", type=Path, default=default, help="folder for the pictures")
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)

    side_by_side(3.0, 2.0)
    show_graph(3.0, 2.0, output)


if __name__ == "__main__":
    main()
