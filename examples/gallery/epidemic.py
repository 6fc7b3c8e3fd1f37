"""When did people begin to stay at home? The date is found in the daily numbers of the sick.

An epidemic is stepped day by day, written into arrays in place. Each sick person infects others at
a rate that falls from one level to another around some day; what is known is how many fell ill each
day, which is random. Gradients find the two levels, the day and how many were sick at first; the
Hessian at the end says how sure that is. (W. Kermack, A. McKendrick, 1927.)
"""

from scipy.optimize import minimize

import tracegrad.numpy as np
from tracegrad import hessian, value_and_grad
from tracegrad.scipy.special import expit
from tracegrad.scipy.stats import poisson

PEOPLE, DAYS, RECOVERY = 50_000.0, 80, 0.12
TRUTH = {"rate before": 0.35, "rate after": 0.09, "day": 30.0, "sick at first": 10.0}


def new_cases(rate_before, rate_after, day, first):
    """How many fall ill on each day."""
    days = np.arange(DAYS)
    rate = rate_before + (rate_after - rate_before) * expit((days - day) / 2)
    healthy, sick, new = np.zeros(DAYS + 1), np.zeros(DAYS + 1), np.zeros(DAYS)
    healthy[0] = PEOPLE - first
    sick[0] = first
    for today in range(DAYS):
        new[today] = rate[today] * sick[today] * healthy[today] / PEOPLE
        healthy[today + 1] = healthy[today] - new[today]
        sick[today + 1] = sick[today] + new[today] - RECOVERY * sick[today]
    return new


def meaning(x):
    """The model's numbers: rates and people are positive, and the day is near a hundred."""
    return np.exp(x[0]), np.exp(x[1]), 10 * x[2], np.exp(x[3])


def main():
    rng = np.random.default_rng(0)
    counts = rng.poisson(new_cases(*TRUTH.values()))

    def surprise(x):
        return -np.sum(poisson.logpmf(counts, new_cases(*meaning(x))))

    start = np.array([np.log(0.3), np.log(0.2), 4.0, np.log(5.0)])
    found = minimize(value_and_grad(surprise), start, jac=True, method="BFGS", tol=1e-3)
    print(f"surprise: {surprise(start):.1f} → {found.fun:.1f} with {found.nfev} gradients")

    error = np.sqrt(np.diag(np.linalg.inv(hessian(surprise)(found.x))))
    values, units = meaning(found.x), np.array(meaning(found.x))
    units[2] = 10.0  # an error of a logarithm is a share of the value
    print("\n                 truth     found         ±")
    for name, value, e in zip(TRUTH, values, error * units):
        print(f"{name:14} {TRUTH[name]:7.2f} {value:9.3f} {e:9.3f}")
        assert abs(value - TRUTH[name]) < 4 * e
    assert error[2] * 10 < 0.5  # the day is known to half a day

    expected = new_cases(*values)
    print("\nday    seen expected")
    for today in range(0, DAYS, 4):
        bar = "#" * round(counts[today] / 10)
        print(f"{today:3} {counts[today]:7} {expected[today]:8.1f}  {bar}")


if __name__ == "__main__":
    main()
