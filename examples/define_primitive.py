"""A primitive of one's own, with the rules of its derivative, and a check that the rules are right.

Kepler's equation E - e·sin(E) = M gives the place of a planet on an ellipse of eccentricity e: the
angle E from the time M. It has no solution in a formula; Newton's method finds one. Instead of
following its loop, a derivative can use what calculus says of the solution, however it was found:

    dE/dM = 1 / (1 - e·cos E)        dE/de = sin E / (1 - e·cos E)

A primitive is a function that derivatives do not look into. Its rules say the rest.
"""

import numpy
from scipy.optimize import newton

import tracegrad.numpy as np
from tracegrad import deriv, grad
from tracegrad.extend import defjvp, defvjp, elementwise, primitive
from tracegrad.testing import check_grads


def solve_kepler(time, eccentricity):
    """The E with E - e·sin(E) = M. SciPy's solver: nothing that a derivative could follow."""
    return newton(
        lambda angle: angle - eccentricity * numpy.sin(angle) - time,
        time + eccentricity * numpy.sin(time),
        fprime=lambda angle: 1 - eccentricity * numpy.cos(angle),
        tol=1e-14,
    )


# One rule for each argument and mode. A VJP comes in two stages: the outer function gets the result
# and the arguments, the inner one the cotangent g of the result, and gives that of the argument.
# The rules are made of tracegrad's functions and the primitive's own result. So they have
# derivatives themselves, and second and third derivatives need no more rules.

kepler = primitive(solve_kepler)
defvjp(
    kepler,
    lambda angle, time, e: lambda g: g / (1 - e * np.cos(angle)),
    lambda angle, time, e: lambda g: g * np.sin(angle) / (1 - e * np.cos(angle)),
)
defjvp(
    kepler,
    lambda tangent, angle, time, e: tangent / (1 - e * np.cos(angle)),
    lambda tangent, angle, time, e: tangent * np.sin(angle) / (1 - e * np.cos(angle)),
)

# For a function that works element by element one line an argument does. It serves both modes and
# broadcasts: many times may go with one eccentricity. `ans` is the result, the rest are arguments.

kepler_of_arrays = elementwise(
    primitive(solve_kepler),
    time=lambda g, ans, eccentricity: g / (1 - eccentricity * np.cos(ans)),
    eccentricity=lambda g, ans, eccentricity: g * np.sin(ans) / (1 - eccentricity * np.cos(ans)),
)

# And one with a mistake: a sign is wrong.

wrong_kepler = primitive(solve_kepler)
defvjp(
    wrong_kepler,
    lambda angle, time, e: lambda g: g / (1 + e * np.cos(angle)),
    lambda angle, time, e: lambda g: g * np.sin(angle) / (1 - e * np.cos(angle)),
)


def distance(time, eccentricity):
    """From the sun, in units of the ellipse's half axis."""
    return 1 - eccentricity * np.cos(kepler(time, eccentricity))


def main():
    time, e = 1.0, 0.2  # about the eccentricity of Mercury
    print(f"distance after a time of {time}: {distance(time, e):.10f}")
    print(f"  its change with time, reverse mode: {grad(distance)(time, e):.10f}")
    print(f"  its change with time, forward mode: {deriv(distance)(time, e):.10f}")
    print(f"  its second derivative:              {grad(grad(distance))(time, e):.10f}")
    # The textbook's formula for the speed away from the sun:
    angle = kepler(time, e)
    assert np.isclose(grad(distance)(time, e), e * np.sin(angle) / (1 - e * np.cos(angle)))
    assert np.isclose(grad(distance)(time, e), deriv(distance)(time, e))

    check_grads(kepler, order=2)(time, e)
    check_grads(kepler_of_arrays, order=2)(np.linspace(0.1, 6.0, 5), e)
    print("check_grads agrees with both, for numbers and for arrays, to the second order.")

    try:
        check_grads(wrong_kepler, modes=["rev"], order=1)(time, e)
    except AssertionError as error:
        print(f"\nThe rule with the wrong sign is caught:\n\n{error}")
        assert "argument 0" in str(error)
    else:
        raise AssertionError("check_grads let a wrong rule pass")


if __name__ == "__main__":
    main()
