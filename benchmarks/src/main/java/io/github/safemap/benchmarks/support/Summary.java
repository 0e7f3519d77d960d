package io.github.safemap.benchmarks.support;

import java.util.Arrays;
import java.util.Collection;

/** Means and medians. */
public final class Summary {
    private Summary() {}

    /** Returns the median; of an even number of values, the mean of the middle two. */
    public static double median(Collection<Double> values) {
        double[] sorted = nonEmpty(values);
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the geometric mean of positive values. */
    public static double geometricMean(Collection<Double> values) {
        double logs = 0;
        for (double value : nonEmpty(values)) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("not positive: " + value);
            }
            logs += Math.log(value);
        }
        return Math.exp(logs / values.size());
    }

    /** Returns the arithmetic mean. */
    public static double mean(Collection<Double> values) {
        double sum = 0;
        for (double value : nonEmpty(values)) {
            sum += value;
        }
        return sum / values.size();
    }

    private static double[] nonEmpty(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
