package io.github.safemap.core.testing;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The objects that a test watches, to learn whether the garbage collector can free them. */
public final class Reachability {
    /** How long one collection may take to enqueue what it cleared, in milliseconds. */
    private static final long ENQUEUE_MILLIS = 200;

    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final List<WeakReference<Object>> watched = new ArrayList<>();

    /** Watches the object. The caller must not keep it on its stack. */
    public void watch(Object object) {
        watched.add(new WeakReference<>(object, queue));
    }

    /**
     * Collects garbage until no watched object is left, at most the given number of times.
     *
     * @return how many of the watched objects are still reachable
     */
    public int reachableAfter(int collections) throws InterruptedException {
        for (int i = 0; i < collections && reachable() > 0; i++) {
            System.gc();
            while (reachable() > 0 && queue.remove(ENQUEUE_MILLIS) != null) {
                // drains what this collection cleared
            }
        }
        return reachable();
    }

    private int reachable() {
        return (int)
                watched.stream().filter(reference -> reference.get() != null).count();
    }
}
