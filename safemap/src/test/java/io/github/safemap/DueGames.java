package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.engine.RebuildKind;
import io.github.safemap.core.engine.Twin;
import io.github.safemap.core.testing.PinnedRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ToLongFunction;

/**
 * Games for the classes of a {@link FaultLoader}. A history ends just before the operation that makes a certain
 * change of the shards. Then this operation has a fault at each of its points in turn. Without a fault, the
 * change must have happened: so no game has left it out.
 */
final class DueGames {
    private static final int FILL = 600;

    /** So many numbers, and then the keys of one hash code, are split as soon as they are sorted. */
    private static final int NUMBERS = 85;

    private static final int TWINS = 40;
    private static final int CONTENDED_AT = 20;
    private static final int MOST_STEPS = 2_000;

    private DueGames() {}

    /** A change of the shards. */
    private enum Due {
        GROWTH(50, Due::fill, map -> rebuilds(map, RebuildKind.GROWTH)),
        CLEANING(0, Due::exchange, map -> rebuilds(map, RebuildKind.CLEANING)),
        SHRINKING(FILL, Due::fillAndEmpty, map -> rebuilds(map, RebuildKind.SHRINKING)),
        SPLIT(200, Due::fill, map -> rebuilds(map, RebuildKind.SPLIT) - doubled(map)),
        SPLIT_AND_DOUBLING(200, Due::fill, Due::doubled),
        MERGE(FILL, Due::fillAndEmpty, map -> rebuilds(map, RebuildKind.MERGE) - halved(map)),
        MERGE_AND_HALVING(FILL, Due::fillAndEmpty, Due::halved),
        RELIEF(CONTENDED_AT, Due::contend, map -> rebuilds(map, RebuildKind.SPLIT)),
        TREE(0, (map, i) -> map.put(new Twin(i), i), map -> Tables.trees(map).size()),
        TREE_AND_SPLIT(NUMBERS, Due::collide, map -> Tables.trees(map).isEmpty() ? 0 : depth(map)),
        MERGE_WITH_TREE(NUMBERS + TWINS, Due::collide, map -> Tables.trees(map).isEmpty() ? 0 : -depth(map));

        /** The change is that of this step, or a later one. */
        private final int from;

        /** Takes one step of the history. */
        private final ObjIntConsumer<Map<Object, Integer>> step;

        /** A number that becomes larger when the change happens. */
        private final ToLongFunction<SafeMap<Object, Integer>> count;

        Due(int from, ObjIntConsumer<Map<Object, Integer>> step, ToLongFunction<SafeMap<Object, Integer>> count) {
            this.from = from;
            this.step = step;
            this.count = count;
        }

        private static void fill(Map<Object, Integer> map, int i) {
            map.put(i, i);
        }

        private static void fillAndEmpty(Map<Object, Integer> map, int i) {
            if (i < FILL) {
                map.put(i, i);
            } else {
                map.remove(i - FILL);
            }
        }

        /** Keeps ten keys, and exchanges them one by one. */
        private static void exchange(Map<Object, Integer> map, int i) {
            if (i % 2 == 0) {
                map.put(i / 2, i);
            } else {
                map.remove(i / 2 - 10);
            }
        }

        private static void contend(Map<Object, Integer> map, int i) {
            if (i == CONTENDED_AT && map instanceof SafeMap<?, ?> safe) {
                DirectoryView.contend(safe.directory, 0);
            }
            map.put(i, i);
        }

        private static void collide(Map<Object, Integer> map, int i) {
            if (i < NUMBERS) {
                map.put(i, i);
            } else if (i < NUMBERS + TWINS) {
                map.put(new Twin(i), i);
            } else {
                map.remove(i - NUMBERS - TWINS);
            }
        }

        private static long rebuilds(SafeMap<Object, Integer> map, RebuildKind kind) {
            return map.directory.rebuilds().of(kind);
        }

        private static long doubled(SafeMap<Object, Integer> map) {
            return map.directory.rebuilds().doubled();
        }

        private static long halved(SafeMap<Object, Integer> map) {
            return map.directory.rebuilds().halved();
        }

        private static int depth(SafeMap<Object, Integer> map) {
            return DirectoryView.depthOf(map.directory, new Twin(0));
        }

        /** Returns the number of the step that makes the change. */
        private int dueStep(long seed) {
            SafeMap<Object, Integer> map = create(seed);
            for (int i = 0; i < MOST_STEPS; i++) {
                long before = count.applyAsLong(map);
                step.accept(map, i);
                if (i >= from && count.applyAsLong(map) > before) {
                    return i;
                }
            }
            throw new AssertionError(this + " never comes");
        }
    }

    private static SafeMap<Object, Integer> create(long seed) {
        PinnedRandom.pin(seed);
        return SafeMap.builder().shrinkThreshold(0).build();
    }

    /** A map before the change, and its model. */
    private static final class History {
        private final Due due;
        private final int at;
        private final SafeMap<Object, Integer> map;
        private final Map<Object, Integer> model = new HashMap<>();
        private final List<?> shards;
        private final long count;

        History(long seed, Due due, int at) {
            this.due = due;
            this.at = at;
            map = create(seed);
            for (int i = 0; i < at; i++) {
                due.step.accept(map, i);
                due.step.accept(model, i);
            }
            shards = DirectoryView.allShards(map.directory);
            count = due.count.applyAsLong(map);
        }

        /** Takes the step that makes the change, on the map or on its model. */
        private void step(Map<Object, Integer> mapOrModel) {
            due.step.accept(mapOrModel, at);
        }

        private void requireChange() {
            if (due.count.applyAsLong(map) <= count) {
                throw new AssertionError("the change has not happened");
            }
        }

        private void check() {
            if (!model.equals(new HashMap<>(map))) {
                throw new AssertionError("another content: " + map + ", expected " + model);
            }
            SafeMapInvariants.check(map);
            DirectoryView.requireInUseOrRetired(map.directory, shards);
        }
    }

    /** Memory runs out at each allocation. Then the operation has failed, or the change has not been made. */
    static final class OutOfMemory implements LongConsumer {
        @Override
        public void accept(long seed) {
            for (Due due : Due.values()) {
                int at = due.dueStep(seed);
                for (int point = 1; play(new History(seed, due, at), point); point++) {}
            }
        }

        /** Returns whether the operation reached the point. */
        private static boolean play(History history, int point) {
            try {
                boolean failed = false;
                FaultPoint.arm(FaultPoint.Kind.ALLOCATION, point, () -> {
                    throw new OutOfMemoryError("simulated");
                });
                try {
                    history.step(history.map);
                } catch (OutOfMemoryError e) {
                    failed = true;
                }
                boolean reached = FaultPoint.disarm();
                if (!failed) {
                    history.step(history.model);
                }
                history.check();
                if (!reached) {
                    history.requireChange();
                }
                for (Map<Object, Integer> each : List.of(history.map, history.model)) {
                    for (int i = history.at; i < history.at + 50; i++) {
                        history.due.step.accept(each, i);
                    }
                }
                history.check();
                return reached;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(history.due + " in step " + history.at + ", allocation " + point, e);
            }
        }
    }

    /** There is no stack for what a completed write has made due. That is left out, and nothing else. */
    static final class NoStack implements LongConsumer {
        private static final int KEYS = 150;

        @Override
        public void accept(long seed) {
            SafeMap<Object, Integer> map = create(seed);
            Map<Object, Integer> model = new HashMap<>();
            int[] attempts = {0};
            FaultPoint.armEach(FaultPoint.Kind.TIDYING, () -> {
                attempts[0]++;
                throw new StackOverflowError("simulated");
            });
            try {
                for (int key = 0; key < KEYS; key++) {
                    for (Map<Object, Integer> each : List.of(map, model)) {
                        change(each, key);
                    }
                }
            } catch (StackOverflowError e) {
                throw new AssertionError("a completed write failed", e);
            } finally {
                FaultPoint.disarm();
            }
            if (!model.equals(new HashMap<>(map)) || attempts[0] < 5 * KEYS) {
                throw new AssertionError(map + " after " + attempts[0] + " attempts, expected " + model);
            }
            SafeMapInvariants.check(map);
            for (int key = 0; key < 4 * KEYS; key++) { // none is reserved
                map.put(key, key);
                map.remove(key);
            }
            SafeMapInvariants.check(map);
        }

        private static void change(Map<Object, Integer> map, int key) {
            write(map, key, () -> map.put(key, key));
            write(map, key, () -> map.put(key, -key));
            write(map, key + KEYS, () -> map.computeIfAbsent(key + KEYS, absent -> key));
            write(map, key + KEYS, () -> map.merge(key + KEYS, 1, Integer::sum));
            if (key % 4 != 0) {
                write(map, key, () -> map.remove(key));
                write(map, key + KEYS, () -> map.compute(key + KEYS, (present, old) -> null));
            }
        }

        /** Writes into a shard that seems to be contended. */
        private static void write(Map<Object, Integer> map, Object key, Runnable write) {
            if (map instanceof SafeMap<?, ?> safe) {
                DirectoryView.contend(safe.directory, key);
            }
            write.run();
        }
    }

    /**
     * The thread stops at an access. Meanwhile another finds all that is there throughout. Then it writes other
     * keys.
     */
    static final class Standstill implements LongConsumer {
        /** There are hundreds of accesses. Each seed takes others of them. */
        private static final int STRIDE = 13;

        @Override
        public void accept(long seed) {
            for (Due due : Due.values()) {
                int at = due.dueStep(seed);
                int first = 1 + Math.floorMod(seed, STRIDE);
                for (int point = first; play(new History(seed, due, at), point); point += STRIDE) {}
            }
        }

        /** Returns whether the thread reached the point. */
        private static boolean play(History history, int point) {
            Map<Object, Integer> lasting = new HashMap<>(history.model);
            history.step(history.model);
            lasting.entrySet().retainAll(history.model.entrySet());
            Task<?>[] other = {null};
            Task<Boolean> writer = Task.start(() -> {
                FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
                    other[0] = Task.start(() -> {
                        read(history.map, lasting);
                        write(history.map);
                        return null;
                    });
                    other[0].awaitStopBriefly();
                });
                history.step(history.map);
                return FaultPoint.disarm();
            });
            try {
                boolean reached = writer.join();
                if (reached) {
                    other[0].join();
                    write(history.model);
                } else {
                    history.requireChange();
                }
                history.check();
                return reached;
            } catch (AssertionError e) {
                throw new AssertionError(history.due + " in step " + history.at + ", access " + point, e);
            }
        }

        private static void read(Map<Object, Integer> map, Map<Object, Integer> lasting) {
            lasting.forEach((key, value) -> {
                if (!value.equals(map.get(key))) {
                    throw new AssertionError(key + " has the value " + map.get(key));
                }
            });
            Set<Object> seen = new HashSet<>();
            for (Object key : map.keySet()) {
                if (!seen.add(key)) {
                    throw new AssertionError(key + " twice");
                }
            }
            if (!seen.containsAll(lasting.keySet())) {
                throw new AssertionError("iteration missed a key");
            }
        }

        /** Writes keys that no history has, and moves keys out of trees. */
        private static void write(Map<Object, Integer> map) {
            for (int key = -1_040; key < -1_000; key++) {
                map.put(key, key);
            }
            for (int key = -1_040; key < -1_000; key += 2) {
                map.remove(key);
            }
            for (Object key : List.copyOf(map.keySet())) {
                if (key instanceof Twin) {
                    map.computeIfPresent(key, (same, old) -> old);
                }
            }
        }
    }
}
