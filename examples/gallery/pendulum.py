"""Finding the law of a pendulum in its motion: a differential equation with a network inside.

Forty swings of a damped pendulum are seen, as angle and speed at a few times. Its acceleration is
taken to be a small network of the two, the motion is computed by Runge and Kutta's method, and the
network learns by the difference from what was seen: the gradient goes through the whole motion.
Afterwards the network is the law, -sin(angle) - 0.15 · speed, which nobody told it.
"""

from scipy.optimize import minimize

import tracegrad.numpy as np
from tracegrad import grad, value_and_grad
from tracegrad.misc import flatten

STEP, STEPS = 0.25, 12


def true_law(angle, speed):
    return -np.sin(angle) - 0.15 * speed


def learnt_law(parameters, angle, speed):
    inputs = np.stack([angle, speed], axis=-1)
    hidden = np.tanh(inputs @ parameters["in"] + parameters["bias"])
    return hidden @ parameters["out"]


def motion(law, state):
    """The states, (angle, speed) of all pendulums, at each of the times, by Runge-Kutta."""

    def change(state):
        return np.stack([state[1], law(state[0], state[1])])

    states = [state]
    for _ in range(STEPS):
        k1 = change(state)
        k2 = change(state + STEP / 2 * k1)
        k3 = change(state + STEP / 2 * k2)
        k4 = change(state + STEP * k3)
        state = state + STEP / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        states.append(state)
    return np.stack(states)


def main():
    rng = np.random.default_rng(0)
    begin = rng.uniform(-2.0, 2.0, (2, 40))
    seen = motion(true_law, begin) + 0.02 * rng.normal(size=(STEPS + 1, 2, 40))
    start = {
        "in": rng.normal(size=(2, 12)),
        "bias": rng.normal(size=12),
        "out": 0.1 * rng.normal(size=12),
    }
    vector, unflatten = flatten(start)

    def loss(vector):
        parameters = unflatten(vector)
        law = lambda angle, speed: learnt_law(parameters, angle, speed)
        return np.mean((motion(law, begin) - seen) ** 2)

    options = {"maxiter": 80}
    found = minimize(value_and_grad(loss), vector, jac=True, method="BFGS", options=options)
    parameters = unflatten(found.x)
    print(f"mean squared distance: {loss(vector):.5f} → {found.fun:.5f} (noise: {0.02**2:.5f})")

    angles, speeds = np.linspace(-1.5, 1.5, 7), np.array([-0.8, 0.0, 0.8])
    print("\nacceleration: true and learnt")
    print("angle  " + "".join(f"    at speed {speed:4.1f}" for speed in speeds))
    for angle in angles:
        pairs = [(true_law(angle, v), learnt_law(parameters, angle, v)) for v in speeds]
        print(f"{angle:5.2f}   " + "".join(f"   {t:6.2f} {found:6.2f}" for t, found in pairs))
    angle, speed = np.meshgrid(angles, speeds)
    errors = np.abs(true_law(angle, speed) - learnt_law(parameters, angle, speed))
    print(f"\nlargest difference: {np.max(errors):.3f}")
    assert np.max(errors) < 0.15

    # The network can be asked further: how strong the damping is, and the force near the rest.
    angle_slope = grad(learnt_law, 1)(parameters, 0.0, 0.0)
    speed_slope = grad(learnt_law, 2)(parameters, 0.0, 0.0)
    print(f"stiffness at rest: {-angle_slope:.3f} (true: 1), damping: {-speed_slope:.3f} (0.15)")
    assert abs(angle_slope + 1) < 0.1 and abs(speed_slope + 0.15) < 0.05


if __name__ == "__main__":
    main()
