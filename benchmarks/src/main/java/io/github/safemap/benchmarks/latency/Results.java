package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.support.Fork;
import java.io.FileNotFoundException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Where a round reports what it saw: to the parent JVM, and histograms to files. */
final class Results {
    /** The control: the histogram of a loop without a map operation. */
    static final String NOTHING = "nothing";

    private final String files;

    Results(String files) {
        this.files = files;
    }

    /**
     * Reports {@code operation}'s percentiles and the longest one without its waiting for a processor, and writes
     * {@code <files>-<operation>.hlog}.
     */
    void latencies(String operation, Latencies latencies) throws FileNotFoundException {
        Histogram histogram = latencies.histogram();
        Fork.report(operation + ".p50", histogram.getValueAtPercentile(50));
        Fork.report(operation + ".p99", histogram.getValueAtPercentile(99));
        Fork.report(operation + ".p99.9", histogram.getValueAtPercentile(99.9));
        Fork.report(operation + ".p99.99", histogram.getValueAtPercentile(99.99));
        Fork.report(operation + ".max", histogram.getMaxValue());
        if (latencies.longestRun() >= 0) {
            Fork.report(operation + ".max.run", latencies.longestRun());
        }
        Fork.report(operation + ".mean", histogram.getMean());
        HistogramLogWriter log = new HistogramLogWriter(files + "-" + operation + ".hlog");
        log.outputLogFormatVersion();
        log.outputLegend();
        log.outputIntervalHistogram(0, 1, histogram);
        log.close();
    }

    /** Reports a figure. */
    void figure(String name, double value) {
        Fork.report(name, value);
    }
}
