package io.github.safemap.benchmarks.soak;

/**
 * What was found when the workers stood still at the end of a cycle, and nothing was wrong.
 *
 * @param cycle its number
 * @param second when that was
 * @param entries the entries then
 * @param tableBytes what the tables took
 * @param heapBytes the heap in use, garbage collected
 * @param clearedHeapBytes the heap in use after the map was cleared and all garbage collected
 */
record Cycle(int cycle, int second, long entries, long tableBytes, long heapBytes, long clearedHeapBytes) {}
