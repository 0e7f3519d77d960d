package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Orders;
import java.util.List;
import java.util.Map;

/**
 * What one round measures, handed to its JVM as arguments.
 *
 * @param workload the workload
 * @param subject the map
 * @param keys the kind of the keys
 * @param size the number of entries of the full map, all threads together
 * @param threads the threads that put, in R1 and R4
 * @param files where the histograms go: the beginning of their path
 */
record Settings(Workload workload, Subject subject, KeyKind keys, int size, int threads, String files) {

    List<String> arguments() {
        return List.of(
                workload.name(), subject.name(), keys.name(), Integer.toString(size), Integer.toString(threads), files);
    }

    static Settings of(String[] arguments) {
        return new Settings(
                Workload.valueOf(arguments[0]),
                Subject.valueOf(arguments[1]),
                KeyKind.valueOf(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                arguments[5]);
    }

    Map<Object, Object> map() {
        return subject.create();
    }

    /** Returns the keys to store, in random order. */
    Object[] stored() {
        return keys.keys(Orders.shuffled(0, size, 1));
    }

    /** Returns keys equal to the stored ones, but others, in another random order. */
    Object[] others() {
        return keys.keys(Orders.shuffled(0, size, 2));
    }

    /** Returns as many values as keys. */
    Object[] values() {
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = new Object();
        }
        return values;
    }
}
