package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.support.NamedChart;
import java.util.List;
import java.util.Optional;

/** How an experiment's figures are shown. */
interface Report {
    /** Returns the tables and below them the findings, as lines; none if nothing was measured. */
    List<String> lines(Results results);

    /** Returns the chart; nothing if nothing was measured. */
    Optional<NamedChart> chart(Results results);
}
