package io.courant.section;

/**
 * How many events to expect in {@code exposure} when their rate is uncertain: Poisson with a rate that is distributed
 * as Gamma(shape, rate). All arithmetic goes through StrictMath, so the result is the same on every machine.
 *
 * @param shape how many events are known, roughly
 * @param rate in how much exposure they happened
 * @param exposure the exposure asked about
 */
record NegativeBinomial(double shape, double rate, double exposure) {
    private static final double SMALLEST = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final int MOST_STEPS = 10_000;

    NegativeBinomial {
        if (!(shape > 0 && rate > 0 && exposure > 0)) {
            throw new IllegalArgumentException(
                    "shape " + shape + ", rate " + rate + " and exposure " + exposure + " must all be greater than 0");
        }
    }

    double mean() {
        return shape / rate * exposure;
    }

    /** The probability of more than so many, and half the probability of just so many (Lancaster's mid-p). */
    double upperMidP(int count) {
        double success = exposure / (rate + exposure);
        double more = incompleteBeta(success, 1 - success, count + 1.0, shape);
        return Math.min(1, more + probability(count) / 2);
    }

    /** The probability of less than so many, and half the probability of just so many. */
    double lowerMidP(int count) {
        double failure = rate / (rate + exposure);
        double less = count == 0 ? 0 : incompleteBeta(failure, 1 - failure, shape, count);
        return Math.min(1, less + probability(count) / 2);
    }

    double probability(int count) {
        return StrictMath.exp(logGamma(shape + count)
                - logGamma(shape)
                - logGamma(count + 1.0)
                + shape * StrictMath.log(rate / (rate + exposure))
                + count * StrictMath.log(exposure / (rate + exposure)));
    }

    /** The regularized incomplete beta function I_x(a, b), with 1 - x given apart to keep its digits. */
    static double incompleteBeta(double x, double complement, double a, double b) {
        if (x > (a + 1) / (a + b + 2)) { // the fraction converges fast on one side of the mode; the other mirrors it
            return 1 - betaFraction(complement, x, b, a);
        }
        return betaFraction(x, complement, a, b);
    }

    // The continued fraction of DLMF 8.17.22, evaluated by the method of Lentz as modified by Thompson and Barnett.
    private static double betaFraction(double x, double complement, double a, double b) {
        double front = StrictMath.exp(logGamma(a + b)
                        - logGamma(a)
                        - logGamma(b)
                        + a * StrictMath.log(x)
                        + b * StrictMath.log(complement))
                / a;
        double value = 1;
        double above = 1;
        double below = 0;
        double factor = 0;
        for (int step = 1; step <= MOST_STEPS && Math.abs(factor - 1) > PRECISION; step++) {
            double term = numerator(step, x, a, b);
            below = 1 / awayFromZero(1 + term * below);
            above = awayFromZero(1 + term / above);
            factor = above * below;
            value *= factor;
        }
        return front / value;
    }

    private static double numerator(int step, double x, double a, double b) {
        int m = step / 2;
        return step % 2 == 0
                ? m * (b - m) * x / ((a + 2.0 * m - 1) * (a + 2.0 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1));
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < SMALLEST ? SMALLEST : value;
    }

    /** The logarithm of the gamma function by Stirling's series (Abramowitz and Stegun 6.1.41), for x above 0. */
    static double logGamma(double x) {
        double product = 1;
        double shifted = x;
        while (shifted < 16) { // there the terms below give all digits of a double
            product *= shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series = inverse
                * (1.0 / 12
                        - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188)))));
        return (shifted - 0.5) * StrictMath.log(shifted)
                - shifted
                + 0.5 * StrictMath.log(2 * Math.PI)
                + series
                - StrictMath.log(product);
    }
}
