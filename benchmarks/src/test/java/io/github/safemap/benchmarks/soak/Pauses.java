package io.github.safemap.benchmarks.soak;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The collector's pauses, as the JVM tells of them. Those that the soak asked for itself are left out. */
final class Pauses implements AutoCloseable {
    /**
     * A pause.
     *
     * @param startMillis when it began, after the JVM's start
     * @param millis how long it was
     */
    record Pause(long startMillis, long millis) {
        /** Returns how much of it lies between two moments. */
        long overlap(long from, long to) {
            return Math.max(0, Math.min(to, startMillis + millis) - Math.max(from, startMillis));
        }
    }

    private final List<Pause> pauses = new CopyOnWriteArrayList<>();
    private final NotificationListener listener = (notification, handback) -> add(notification.getUserData());
    private volatile long usedAfter;

    Pauses() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) bean).addNotificationListener(listener, null, null);
        }
    }

    private void add(Object data) {
        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from((CompositeData) data);
        GcInfo gc = info.getGcInfo();
        usedAfter = gc.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pool.getKey().startsWith("G1"))
                .map(Map.Entry::getValue)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        if (!info.getGcCause().equals("System.gc()")) {
            pauses.add(new Pause(gc.getStartTime(), gc.getDuration()));
        }
    }

    /** Returns all pauses so far; the list grows. */
    List<Pause> all() {
        return pauses;
    }

    /** Returns the bytes of heap in use after the last collection. */
    long usedAfter() {
        return usedAfter;
    }

    @Override
    public void close() throws ListenerNotFoundException {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) bean).removeNotificationListener(listener);
        }
    }
}
