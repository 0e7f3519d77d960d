package io.github.safemap.benchmarks.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** The times of one worker's operations. The worker writes; the monitor takes what has come since it last did. */
final class Timings {
    /** From here on, something short is worth a line of its own. */
    static final long LONG_NANOS = 10_000_000;

    /** The processor's clock is read once in so many operations. */
    private static final int CPU_INTERVAL = 256;

    private final int worker;
    private final Map<Kind, SingleWriterRecorder> recorders = new EnumMap<>(Kind.class);
    private final Queue<Interruption> interruptions = new ConcurrentLinkedQueue<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    private volatile Phase phase = Phase.QUIET;
    private long lastEnd;
    private long cpuMark;
    private int sinceMark;

    Timings(int worker) {
        this.worker = worker;
        for (Kind kind : Kind.values()) {
            recorders.put(kind, new SingleWriterRecorder(3));
        }
    }

    /** A phase begins, in the thread that calls. */
    void begin(Phase next) {
        phase = next;
        mark();
        lastEnd = System.nanoTime();
    }

    Phase phase() {
        return phase;
    }

    /** Returns the time at which an operation begins. */
    long start() {
        long start = System.nanoTime();
        record(Kind.BETWEEN, lastEnd, start);
        return start;
    }

    /** An operation ends that began at {@code start}. */
    void end(Kind kind, long start) {
        long end = System.nanoTime();
        record(kind, start, end);
        lastEnd = end;
        if (++sinceMark == CPU_INTERVAL) {
            mark();
            lastEnd = System.nanoTime();
        }
    }

    /** What was done since the last operation is no control. */
    void skip() {
        lastEnd = System.nanoTime();
    }

    /** Returns when the last operation ended. */
    long lastEnd() {
        return lastEnd;
    }

    private void record(Kind kind, long start, long end) {
        long nanos = end - start;
        recorders.get(kind).recordValue(nanos);
        if (nanos >= LONG_NANOS && kind.isShort()) {
            long before = cpuMark;
            mark();
            interruptions.add(new Interruption(
                    runtime.getUptime() - nanos / 1_000_000,
                    worker,
                    kind,
                    phase,
                    nanos / 1e6,
                    Math.min(nanos, cpuMark - before) / 1e6));
        }
    }

    private void mark() {
        cpuMark = threads.getCurrentThreadCpuTime();
        sinceMark = 0;
    }

    /** For the monitor: the times since the last call. */
    Histogram take(Kind kind) {
        return recorders.get(kind).getIntervalHistogram();
    }

    /** All interruptions so far. */
    Queue<Interruption> interruptions() {
        return interruptions;
    }
}
