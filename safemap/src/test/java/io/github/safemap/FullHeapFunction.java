package io.github.safemap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program for a small heap. A function fills the heap while another thread waits for its key, and returns. It
 * is the first function of the JVM that somebody waits for. Its end must not need memory. The last line is {@code
 * ok}.
 */
final class FullHeapFunction {
    private static final String KEY = "key";

    private static @Nullable Object ballast;

    private FullHeapFunction() {}

    public static void main(String[] arguments) throws Exception {
        SafeMap<String, Integer> map = new SafeMap<>();
        map.put(KEY, 0);
        Task<Integer> early = Task.start(() -> map.put("another", 1)); // loads what tasks need
        early.join();
        List<Task<Integer>> waiters = new ArrayList<>();
        Task<Integer> owner = Task.start(() -> map.compute(KEY, (key, old) -> {
            for (int i = 0; i < 2; i++) {
                waiters.add(Task.start(() -> map.merge(KEY, 1, Integer::sum)).awaitParked());
            }
            fillHeap();
            return 1;
        }));
        owner.join();
        ballast = null;
        for (Task<Integer> waiter : waiters) {
            waiter.join();
        }
        if (map.get(KEY) != 1 + waiters.size()) {
            throw new AssertionError(map);
        }
        SafeMapInvariants.check(map);
        System.out.println("ok");
    }

    /** Leaves not even room for an empty array. */
    private static void fillHeap() {
        int size = 1 << 20;
        Object[] last = null;
        while (true) {
            try {
                Object[] next = new Object[size];
                next[0] = last;
                last = next;
            } catch (OutOfMemoryError e) {
                if (size == 1) {
                    break;
                }
                size /= 2;
            }
        }
        ballast = last;
    }
}
