package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.PinnedRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A game for the classes of a {@link FaultLoader}. A writer stops at each access of one operation in turn.
 * Meanwhile another thread makes a burst of writes to other keys. Then the writer continues. Its result, and
 * the final content of the map, must be the same as if it had been alone.
 */
final class StandingWriterGame implements LongConsumer {
    private static final int MOST_KEYS = 150;

    /** Keys. Every fourth has the same hash code. */
    private record Key(int id) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return id % 4 == 0 ? 42 : id;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(id, other.id);
        }
    }

    private final long seed;
    private final SplittableRandom random;

    /**
     * Whether the operation is a removal from a small shard and the burst consists of insertions, so that a
     * shrinking shard is filled.
     */
    private final boolean shrinks;

    StandingWriterGame() {
        this(0, false);
    }

    private StandingWriterGame(long seed, boolean shrinks) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        this.shrinks = shrinks;
    }

    @Override
    public void accept(long seed) {
        for (int point = 1; new StandingWriterGame(seed, false).play(point); point++) {}
        for (int point = 1; new StandingWriterGame(seed, true).play(point); point++) {}
    }

    /** Returns whether the operation reached the point. */
    private boolean play(int point) {
        PinnedRandom.pin(seed);
        SafeMap<Key, Integer> map = SafeMap.builder().shrinkThreshold(0).build();
        Map<Key, Integer> model = new HashMap<>();
        int keys = 1 + random.nextInt(MOST_KEYS);
        int left = random.nextBoolean() ? keys : random.nextInt(Math.min(keys, 20));
        if (shrinks) {
            keys = 20 + random.nextInt(30);
            left = 1 + (4 << random.nextInt(3)); // one more than a quarter of some number of slots
        }
        for (Map<Key, Integer> each : List.of(map, model)) {
            for (int id = 0; id < keys; id++) {
                each.put(new Key(id), id);
            }
            for (int id = left; id < keys; id++) {
                each.remove(new Key(id));
            }
        }
        Key key = new Key(random.nextInt(shrinks ? left : left + 1));
        Write write = shrinks ? Write.REMOVE : Write.values()[random.nextInt(Write.values().length)];
        Consumer<Map<Key, Integer>> burst = burst(key, left, keys).andThen(burst(key, left, keys));
        Object expected = write.to(model, key);
        burst.accept(model);
        String what = write + " of " + key + " of " + left + " of " + keys + ", access " + point;

        Task<?>[] other = {null};
        boolean[] reached = {false};
        Task<Object> writer = Task.start(() -> {
            FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
                other[0] = start(burst, map);
                other[0].awaitStopBriefly();
            });
            Object result = write.to(map, key);
            reached[0] = FaultPoint.disarm();
            return result;
        });
        try {
            Object result = writer.join();
            if (!reached[0]) {
                other[0] = start(burst, map);
            }
            other[0].join();
            if (!Objects.equals(expected, result)) {
                throw new AssertionError("returned " + result + ", not " + expected);
            }
            if (!model.equals(new HashMap<>(map))) {
                throw new AssertionError("another content");
            }
            SafeMapInvariants.check(map);
        } catch (AssertionError e) {
            throw new AssertionError(what, e);
        }
        return reached[0];
    }

    private static Task<?> start(Consumer<Map<Key, Integer>> burst, SafeMap<Key, Integer> map) {
        return Task.start(() -> {
            burst.accept(map);
            return null;
        });
    }

    /** The writer's operation. */
    private enum Write {
        PUT {
            @Override
            @Nullable Object to(Map<Key, Integer> map, Key key) {
                return map.put(key, -1);
            }
        },
        REMOVE {
            @Override
            @Nullable Object to(Map<Key, Integer> map, Key key) {
                return map.remove(key);
            }
        },
        REPLACE {
            @Override
            @Nullable Object to(Map<Key, Integer> map, Key key) {
                return map.replace(key, key.id(), -1);
            }
        },
        MERGE {
            @Override
            @Nullable Object to(Map<Key, Integer> map, Key key) {
                return map.merge(key, -1, Integer::sum);
            }
        },
        REMOVE_BY_FUNCTION {
            @Override
            @Nullable Object to(Map<Key, Integer> map, Key key) {
                return map.compute(key, (same, old) -> null);
            }
        },
        TRIM {
            @Override
            @Nullable Object to(Map<Key, Integer> map, Key key) {
                if (map instanceof SafeMap<?, ?> safe) {
                    safe.trim();
                }
                return null;
            }
        };

        abstract @Nullable Object to(Map<Key, Integer> map, Key key);
    }

    /** Returns some writes to keys that are not the writer's. */
    private Consumer<Map<Key, Integer>> burst(Key key, int left, int keys) {
        int count = 1 + random.nextInt(random.nextBoolean() ? 10 : 60);
        int first = keys + 1 + random.nextInt(3) * MOST_KEYS;
        return switch (shrinks ? 0 : random.nextInt(5)) {
            case 0, 1 ->
                map -> {
                    for (int id = first; id < first + count; id++) {
                        map.put(new Key(id), id);
                    }
                };
            case 2 ->
                map -> {
                    for (int id = 0; id < Math.min(count, left); id++) {
                        if (id != key.id()) {
                            map.remove(new Key(id));
                        }
                    }
                };
            case 3 ->
                map -> {
                    for (int id = 0; id < Math.min(count, left); id++) {
                        if (id != key.id()) {
                            map.computeIfPresent(new Key(id), (same, old) -> old + 1);
                        }
                    }
                };
            default ->
                map -> {
                    if (map instanceof SafeMap<?, ?> safe) {
                        DirectoryView.rebuildAll(safe.directory, 42);
                    }
                };
        };
    }
}
