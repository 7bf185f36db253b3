package io.courant.section;

/** Which way a share goes, and so which tail of a distribution says that it does. */
enum Direction {
    UP {
        @Override
        boolean isBeyond(double factor, double observed, double expected) {
            return observed >= factor * expected;
        }

        @Override
        double larger(double observed, double expected) {
            return observed;
        }

        @Override
        double p(NegativeBinomial prediction, int posts) {
            return prediction.upperMidP(posts);
        }
    },
    DOWN {
        @Override
        boolean isBeyond(double factor, double observed, double expected) {
            return expected >= factor * observed;
        }

        @Override
        double larger(double observed, double expected) {
            return expected;
        }

        @Override
        double p(NegativeBinomial prediction, int posts) {
            return prediction.lowerMidP(posts);
        }
    };

    /** Whether what was observed differs in this direction from what was expected, at least by a factor. */
    abstract boolean isBeyond(double factor, double observed, double expected);

    /** The side that is the larger one in this direction; where it is small, nothing can be said. */
    abstract double larger(double observed, double expected);

    /** The probability of a count so far out in this direction. */
    abstract double p(NegativeBinomial prediction, int posts);
}
