package io.github.safemap.benchmarks.soak;

/**
 * Something short that took long.
 *
 * @param uptimeMillis when it began, after the JVM's start
 * @param worker whose it was
 * @param kind what it was
 * @param phase the worker's phase
 * @param millis how long it took
 * @param cpuMillis how long the thread ran on a processor meanwhile, at most: little means that it was stopped, did not
 *     get a processor, or waited
 */
record Interruption(long uptimeMillis, int worker, Kind kind, Phase phase, double millis, double cpuMillis) {}
