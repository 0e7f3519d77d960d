package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;

/**
 * The heap that one map held at one moment of simulated time.
 *
 * @param experiment the experiment's name
 * @param subject the map
 * @param minute simulated minutes since the start
 * @param heapBytes heap in use after a full collection, less what the JVM used without the map
 */
record Sample(String experiment, Subject subject, int minute, long heapBytes) {}
