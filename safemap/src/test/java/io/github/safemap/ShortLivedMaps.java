package io.github.safemap;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/**
 * A program for a small heap. It creates one map after the other, fills, empties and clears it, and drops it.
 * Its last line is {@code ok}.
 *
 * <p>If its first argument is {@code busy}, every thread of the common pool waits meanwhile. With a second
 * argument, a task of that pool keeps each map.
 */
final class ShortLivedMaps {
    private static final int MAPS = 2_000;
    private static final int ENTRIES = 2_000;

    private ShortLivedMaps() {}

    public static void main(String[] arguments) {
        CountDownLatch never = new CountDownLatch(1);
        if (arguments[0].equals("busy")) {
            for (int i = 0; i <= ForkJoinPool.getCommonPoolParallelism(); i++) {
                ForkJoinPool.commonPool().execute(() -> Task.await(never));
            }
        }
        long sum = 0;
        for (int i = 0; i < MAPS; i++) {
            SafeMap<Integer, byte[]> map = use(i);
            if (arguments.length > 1) {
                ForkJoinPool.commonPool().execute(() -> map.trim());
            }
            sum += map.size();
        }
        if (sum != (long) MAPS * ENTRIES / 4) {
            throw new AssertionError("sizes " + sum);
        }
        System.out.println("ok");
    }

    /** Uses a map in all ways that rebuild it. */
    private static SafeMap<Integer, byte[]> use(int number) {
        SafeMap<Integer, byte[]> map = new SafeMap<>();
        for (int round = 0; round < 2; round++) {
            for (int key = 0; key < ENTRIES; key++) {
                map.put(key, new byte[16]);
            }
            for (int key = ENTRIES / 4; key < ENTRIES; key++) {
                map.remove(key);
            }
            if (round == 0) {
                map.clear();
            }
        }
        map.compute(0, (key, old) -> new byte[number % 16]);
        return map;
    }
}
