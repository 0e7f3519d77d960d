package io.github.safemap.benchmarks.support;

import java.util.Collection;
import org.apache.commons.statistics.descriptive.GeometricMean;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;

/** Means and medians of values that there are: there is no mean of none. */
public final class Summary {
    private Summary() {}

    /** Returns the median; of an even number of values, the mean of the middle two. */
    public static double median(Collection<Double> values) {
        return Median.withDefaults().evaluate(nonEmpty(values));
    }

    /** Returns the geometric mean of positive values. */
    public static double geometricMean(Collection<Double> values) {
        for (double value : values) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("not positive: " + value);
            }
        }
        return GeometricMean.of(nonEmpty(values)).getAsDouble();
    }

    /** Returns the arithmetic mean. */
    public static double mean(Collection<Double> values) {
        return Mean.of(nonEmpty(values)).getAsDouble();
    }

    private static double[] nonEmpty(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
