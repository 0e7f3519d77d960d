package io.github.safemap.benchmarks.bench;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of two subjects over several rounds, and where it lies with 95 % confidence: the geometric mean,
 * and Student's t over the logarithms of the rounds' ratios. Rounds are the only thing that is counted as
 * independent; what one fork measures several times is not.
 *
 * @param mean the geometric mean; not a number if no round has both subjects
 * @param low the lower end of the interval; not a number with less than two rounds
 * @param high the upper end
 * @param rounds the number of rounds
 */
record Ratio(double mean, double low, double high, int rounds) {
    private static final double CONFIDENCE = 0.95;

    /** Returns the ratio of the rounds' ratios; what is no positive number is left out. */
    static Ratio of(List<Double> pairs) {
        List<Double> usable =
                pairs.stream().filter(pair -> pair > 0 && Double.isFinite(pair)).toList();
        int n = usable.size();
        if (n == 0) {
            return new Ratio(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double[] logarithms = usable.stream().mapToDouble(Math::log).toArray();
        double mean = Math.exp(Mean.of(logarithms).getAsDouble());
        if (n == 1) {
            return new Ratio(mean, Double.NaN, Double.NaN, 1);
        }
        double error = StandardDeviation.of(logarithms).getAsDouble() / Math.sqrt(n);
        double quantile = TDistribution.of(n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        double factor = Math.exp(quantile * error);
        return new Ratio(mean, mean / factor, mean * factor, n);
    }

    /** Returns whether the subject is better, with confidence. */
    boolean ahead() {
        return low > 1;
    }

    /** Returns whether it is worse, with confidence. */
    boolean behind() {
        return high < 1;
    }

    @Override
    public String toString() {
        if (rounds == 0) {
            return "–";
        }
        return rounds == 1
                ? number(mean) + " [one round]"
                : number(mean) + " [" + number(low) + ", " + number(high) + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : "%,.0f", value);
    }
}
