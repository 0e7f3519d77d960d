package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Eight threads do everything at once on a map of few keys. Its tiny tables grow and shrink all the time. Each
 * thread owns some keys. Only the owner changes a key, so it knows what every call must return. The other
 * threads read the key, and must only see values that were written for it. A run in which a thread hangs fails.
 *
 * <p>{@code -Dtorture.seconds=60} makes the run longer. {@code -Dtorture.seed=…} starts from a seed.
 */
class SafeMapTortureTest {
    private static final int THREADS = 8;
    private static final int OWNED = 24;
    private static final int FEW_HASHES = 1_000;
    private static final int SECONDS = Integer.getInteger("torture.seconds", 3);

    /** Only for owners that hang. No run comes near it. */
    private static final int SECONDS_OF_GRACE = 60;

    private static final long SEED = Long.getLong("torture.seed", System.nanoTime());

    @Test
    void oneShardKeepsEveryPromise() throws Exception {
        torture(FEW_HASHES, () -> SafeMap.builder().shards(1).shrinkThreshold(0).build());
    }

    /** All keys of all threads in one tree, and out of it again. */
    @Test
    void oneTreeKeepsEveryPromise() throws Exception {
        torture(1, () -> SafeMap.builder().shards(1).shrinkThreshold(0).build());
    }

    /** Trees that come and go, and move, together with slots that come and go. */
    @Test
    void threeTreesKeepEveryPromise() throws Exception {
        torture(3, () -> SafeMap.builder().shards(1).shrinkThreshold(0).build());
    }

    @Test
    void twoShardsKeepEveryPromise() throws Exception {
        torture(FEW_HASHES, () -> SafeMap.builder().shards(2).shrinkThreshold(0).build());
    }

    @Test
    void theDefaultSettingsKeepEveryPromise() throws Exception {
        torture(FEW_HASHES, SafeMap::new);
    }

    /** The broken twin: once, a store goes into a table that has just been left. */
    @Test
    void aStoreThatIsLostIsFound() {
        Key key = new Key(0, 0, FEW_HASHES);
        LeftTableMap<Key, Long> map = new LeftTableMap<>(LeftTableMap.Fault.LOST_STORE, key::equals);
        AssertionError error = assertThrows(AssertionError.class, () -> torture(FEW_HASHES, map, map::trim));
        assertTrue(error.getMessage().contains(key.toString()), error.getMessage());
    }

    private static void torture(int hashes, Supplier<SafeMap<Key, Long>> maps) throws Exception {
        SafeMap<Key, Long> map = maps.get();
        Map<Key, Long> expected = torture(hashes, map, map::trim);
        SafeMapInvariants.check(map);
        assertEquals(expected, map, "seed " + SEED);
        map.trim();
        SafeMapInvariants.check(map);
        assertEquals(expected, map, "seed " + SEED);
    }

    /** Returns what the map must have by now. */
    private static Map<Key, Long> torture(int hashes, ConcurrentMap<Key, Long> map, Runnable trim) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Map<Key, Long>>> owners = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                owners.add(executor.submit(new Owner(map, trim, i, hashes, end, failed)));
            }
            Map<Key, Long> expected = new HashMap<>();
            for (Future<Map<Key, Long>> owner : owners) {
                expected.putAll(owner.get(SECONDS + SECONDS_OF_GRACE, TimeUnit.SECONDS));
            }
            return expected;
        } catch (ExecutionException e) {
            throw new AssertionError("an owner failed: " + e.getCause(), e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /** A key with a poor hash: all keys share this number of hash codes. */
    private record Key(int owner, int number, int hashes) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return (owner * 31 + number % 16) % hashes;
        }

        @Override
        public int compareTo(Key other) {
            int byOwner = Integer.compare(owner, other.owner);
            return byOwner != 0 ? byOwner : Integer.compare(number, other.number);
        }
    }

    private static final class Owner implements Callable<Map<Key, Long>> {
        private final ConcurrentMap<Key, Long> map;
        private final Runnable trim;
        private final int id;
        private final int hashes;
        private final long end;
        private final AtomicBoolean failed;
        private final SplittableRandom random;
        private final Map<Key, Long> model = new HashMap<>();
        private long counter;

        Owner(ConcurrentMap<Key, Long> map, Runnable trim, int id, int hashes, long end, AtomicBoolean failed) {
            this.map = map;
            this.trim = trim;
            this.id = id;
            this.hashes = hashes;
            this.end = end;
            this.failed = failed;
            random = new SplittableRandom(SEED + id);
        }

        @Override
        public Map<Key, Long> call() {
            boolean whole = false;
            try {
                while (!failed.get() && System.nanoTime() < end) {
                    // Full, empty, and full again: whole tables come and go.
                    boolean filling = random.nextBoolean();
                    for (int i = 0; i < 200; i++) {
                        step(filling);
                    }
                    checkOwn();
                }
                whole = true;
            } finally {
                if (!whole) {
                    failed.set(true);
                }
            }
            return model;
        }

        /** A value that names the owner of its key. */
        private long next(Key key) {
            return ((counter++ << 16) | (long) key.owner() << 8 | key.number());
        }

        private void step(boolean filling) {
            Key key = new Key(id, random.nextInt(OWNED), hashes);
            long value = next(key);
            switch (random.nextInt(12)) {
                case 0 -> same(key, model.putIfAbsent(key, value), map.putIfAbsent(key, value));
                case 1 -> same(key, model.replace(key, value), map.replace(key, value));
                case 2 -> {
                    Long old = model.get(key);
                    if (old != null) {
                        assertTrue(map.replace(key, old, value), () -> "replace " + key);
                        model.put(key, value);
                    }
                }
                case 3 -> {
                    Long old = model.get(key);
                    assertEquals(old != null, map.remove(key, old), () -> "remove " + key);
                    model.remove(key);
                }
                case 4 -> same(key, model.merge(key, value, Long::max), map.merge(key, value, Long::max));
                case 5 ->
                    same(
                            key,
                            model.compute(key, (k, v) -> v == null ? value : null),
                            map.compute(key, (k, v) -> v == null ? value : null));
                case 6 -> same(key, model.computeIfAbsent(key, k -> value), map.computeIfAbsent(key, k -> value));
                case 7 -> foreign(new Key(random.nextInt(THREADS), random.nextInt(OWNED), hashes));
                case 8 -> same(key, model.get(key), map.get(key));
                default -> {
                    if (filling) {
                        same(key, model.put(key, value), map.put(key, value));
                    } else {
                        same(key, model.remove(key), map.remove(key));
                    }
                }
            }
            if (random.nextInt(100) == 0) {
                iterate();
            }
            if (random.nextInt(1000) == 0) {
                trim.run();
            }
            assertTrue(map.size() >= (model.isEmpty() ? 0 : 1), "size is 0, but I have entries");
        }

        private void same(Key key, Long expected, Long actual) {
            assertEquals(expected, actual, () -> key + ", seed " + SEED);
        }

        private void foreign(Key key) {
            Long value = map.get(key);
            if (value != null) {
                belongs(key, value);
            }
        }

        private static void belongs(Key key, long value) {
            assertEquals(key.owner() << 8 | key.number(), value & 0xffff, () -> "value of " + key);
        }

        private void checkOwn() {
            for (int i = 0; i < OWNED; i++) {
                Key key = new Key(id, i, hashes);
                same(key, model.get(key), map.get(key));
            }
        }

        /** Own keys do not change meanwhile, so each is returned exactly once. */
        private void iterate() {
            Set<Key> seen = new HashSet<>();
            map.forEach((key, value) -> {
                assertTrue(seen.add(key), () -> key + " twice");
                belongs(key, value);
            });
            seen.removeIf(key -> key.owner() != id);
            assertEquals(model.keySet(), seen);
        }
    }
}
