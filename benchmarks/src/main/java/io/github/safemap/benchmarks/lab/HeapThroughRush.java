package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A window of the last hour's customers through a quiet time, one hour's rush and a long quiet time
 * after it, by a simulated clock. Each customer is removed exactly an hour after it came.
 */
final class HeapThroughRush implements Scenario {
    /** The hour in which the rush begins; customers come from hour 0 on. */
    static final int RUSH_HOUR = 2;

    /** The quiet hours after the rush. */
    static final int QUIET_HOURS_AFTER = 10;

    /** The minute at which the most customers are in the map. */
    static final int PEAK_MINUTE = 60 * (RUSH_HOUR + 1);

    /** The last minute. */
    static final int END_MINUTE = PEAK_MINUTE + 60 * QUIET_HOURS_AFTER;

    private static final int VALUE_BYTES = 128;

    private final String name;
    private final int quietPerHour;
    private final int rushPerHour;

    /**
     * Creates it.
     *
     * @param name the experiment's name in the rows
     * @param quietPerHour customers in an ordinary hour
     * @param rushPerHour customers in the hour of the rush
     */
    HeapThroughRush(String name, int quietPerHour, int rushPerHour) {
        this.name = name;
        this.quietPerHour = quietPerHour;
        this.rushPerHour = rushPerHour;
    }

    @Override
    public Scenario small() {
        return new HeapThroughRush(name, 60, 600);
    }

    @Override
    public void run(Subject subject, Recorder recorder) {
        long baseline = HeapUse.atOnce();
        @Nullable Map<Integer, byte[]> map = subject.create();
        long empty = HeapUse.above(baseline);
        long peak = 0;
        long now = empty;
        recorder.sample(new HeapSample(name, subject, 0, empty));
        for (int minute = 1; minute <= END_MINUTE; minute++) {
            pass(minute, map);
            if (isSampled(minute)) {
                now = HeapUse.above(baseline);
                peak = Math.max(peak, now);
                recorder.sample(new HeapSample(name, subject, minute, now));
            }
            if (minute % 60 == 0) {
                recorder.progress("hour %d of %d".formatted(minute / 60, END_MINUTE / 60));
            }
        }
        long committed = HeapUse.committed();
        // The map must count at every reading above.
        Reference.reachabilityFence(map);
        int left = map.size();
        if (left != quietPerHour) {
            throw new IllegalStateException("%d customers left".formatted(left));
        }
        Object[] survivors = HeapAfterDeletes.objectsOf(List.of(map));
        map = null;
        long survivorBytes = HeapUse.released(survivors);
        recorder.row(new HeapRow(name, subject, left, empty, peak, now, committed, survivorBytes));
    }

    private void pass(int minute, Map<Integer, byte[]> map) {
        for (int id = arrivedBy(minute - 61); id < arrivedBy(minute - 60); id++) {
            map.remove(id);
        }
        for (int id = arrivedBy(minute - 1); id < arrivedBy(minute); id++) {
            map.put(id, new byte[VALUE_BYTES]);
        }
    }

    /** Tells whether the heap is measured at a minute: more often while it changes fast. */
    static boolean isSampled(int minute) {
        boolean rushComesOrGoes = minute > 60 * RUSH_HOUR && minute <= 60 * (RUSH_HOUR + 2);
        return minute % (rushComesOrGoes ? 5 : 10) == 0;
    }

    /** Returns how many customers have come from the start to the end of a minute. */
    int arrivedBy(int minute) {
        if (minute <= 0) {
            return 0;
        }
        int rushMinutes = Math.max(0, Math.min(60, minute - 60 * RUSH_HOUR));
        long quietMinutes = minute - rushMinutes;
        return (int) (quietMinutes * quietPerHour / 60 + (long) rushMinutes * rushPerHour / 60);
    }
}
