package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.PinnedRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Games with the classes of a {@link FaultLoader}. A game is a random history of a map, and then one operation
 * with a fault at its first point. It is repeated with the fault at the second point, and so on.
 */
final class FaultGames {
    private static final int KEYS = 120;

    private FaultGames() {}

    /** Keys: many share one hash code, some share two, and some have their own. */
    private record Key(int id) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return id < KEYS / 2 ? 7 : id < KEYS * 3 / 4 ? 8 + id % 2 : id;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(id, other.id);
        }
    }

    private static final class History {
        private final SplittableRandom random;
        private final SafeMap<Key, Integer> map;
        private final Map<Key, Integer> model = new HashMap<>();

        History(long seed) {
            random = new SplittableRandom(seed);
            PinnedRandom.pin(seed); // the same hash seed at each point, so the same points
            map = SafeMap.builder().shrinkThreshold(random.nextInt(8)).build();
            int steps = random.nextInt(400);
            int removals = 0;
            for (int i = 0; i < steps; i++) {
                if (i % 60 == 0) {
                    removals = random.nextInt(10);
                }
                boolean remove = random.nextInt(10) < removals;
                Operation operation = Operation.single(random, remove);
                Key key = new Key(random.nextInt(KEYS));
                Integer value = random.nextInt(100);
                same(operation.apply(model, key, value), operation.apply(map, key, value));
            }
        }

        private Operation next() {
            return Operation.any(random);
        }

        private Key someKey() {
            List<Key> keys = List.copyOf(model.keySet());
            return keys.isEmpty() ? new Key(0) : keys.get(random.nextInt(keys.size()));
        }

        /** Rebuilds all shards, and sorts keys of one hash code if there are many. */
        private void rebuild() {
            DirectoryView.rebuildAll(map.directory, new Key(0).hashCode());
        }
    }

    /** One call, on the map and on its model. */
    private enum Operation {
        PUT {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.put(key, value);
            }
        },
        PUT_IF_ABSENT {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.putIfAbsent(key, value);
            }
        },
        COMPUTE {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.compute(key, (k, old) -> old == null ? value : null);
            }
        },
        MERGE {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.merge(key, value, Integer::sum);
            }
        },
        COMPUTE_IF_ABSENT {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.computeIfAbsent(key, k -> value);
            }
        },
        REPLACE {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.replace(key, value);
            }
        },
        REMOVE {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.remove(key);
            }
        },
        REMOVE_BY_FUNCTION {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return map.computeIfPresent(key, (k, old) -> null);
            }
        },
        TRIM {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                if (map instanceof SafeMap<?, ?> safe) {
                    safe.trim();
                }
                return null;
            }
        },
        ITERATE {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                return new HashMap<>(map);
            }
        },
        CLEAR {
            @Override
            @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value) {
                map.clear();
                return null;
            }
        };

        abstract @Nullable Object apply(Map<Key, Integer> map, Key key, Integer value);

        static Operation single(SplittableRandom random, boolean remove) {
            return remove ? values()[REMOVE.ordinal() + random.nextInt(2)] : values()[random.nextInt(REMOVE.ordinal())];
        }

        static Operation any(SplittableRandom random) {
            return random.nextInt(4) == 0
                    ? values()[TRIM.ordinal() + random.nextInt(3)]
                    : single(random, random.nextInt(3) == 0);
        }
    }

    private static void same(@Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    /** Memory runs out at each allocation of an operation in turn. */
    static final class OutOfMemory implements LongConsumer {
        @Override
        public void accept(long seed) {
            for (int point = 1; play(seed, point); point++) {}
        }

        /** Returns whether the operation reached the point. */
        private static boolean play(long seed, int point) {
            History history = new History(seed);
            Operation operation = history.next();
            Key key = new Key(history.random.nextInt(KEYS));
            String what = operation + " of " + key + ", allocation " + point;
            try {
                boolean reached = step(history, operation, key, point);
                SafeMapInvariants.check(history.map);
                same(history.model, history.map);
                for (int id = 0; id < KEYS; id++) {
                    Key each = new Key(id);
                    same(history.model.put(each, id), history.map.put(each, id));
                }
                for (int id = 0; id < KEYS; id++) {
                    Key each = new Key(id);
                    same(history.model.remove(each), history.map.remove(each));
                }
                history.map.trim();
                SafeMapInvariants.check(history.map);
                return reached;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(what, e);
            }
        }

        private static boolean step(History history, Operation operation, Key key, int point) {
            Object result = null;
            boolean failed = false;
            FaultPoint.arm(FaultPoint.Kind.ALLOCATION, point, () -> {
                throw new OutOfMemoryError("simulated");
            });
            try {
                result = operation.apply(history.map, key, -1);
            } catch (OutOfMemoryError e) {
                failed = true;
            }
            boolean reached = FaultPoint.disarm();
            if (!failed) {
                same(operation.apply(history.model, key, -1), result);
            } // and if it failed, nothing has changed
            return reached;
        }
    }

    /** There is no memory for larger shards at first, and later there is. */
    static final class NoTables implements LongConsumer {
        private static final int ENTRIES = 1_000;

        @Override
        public void accept(long seed) {
            PinnedRandom.pin(seed);
            SafeMap<Integer, Integer> map = SafeMap.builder().build();
            map.put(0, 0);
            Starvation starvation = new Starvation("makeRoom");
            int refused = 0;
            for (int key = 1; key < ENTRIES; key++) {
                try {
                    map.put(key, key);
                } catch (OutOfMemoryError e) {
                    refused++;
                    same(null, map.get(key));
                }
            }
            int size = map.size();
            same(ENTRIES, size + refused);
            for (int key = 0; key < size; key++) { // present entries can be changed
                same(key, map.put(key, -key));
                same(key, map.compute(key, (each, old) -> -old));
            }
            FaultPoint.disarm();
            SafeMapInvariants.check(map);
            same(refused, starvation.attempts);
            if (size < 7) {
                throw new AssertionError("not even a bucket of " + size + " was filled");
            }
            for (int key = 0; key < ENTRIES; key++) {
                same(key < size ? key : null, map.put(key, key));
            }
            SafeMapInvariants.check(map);
        }
    }

    /** There is no memory for the events of Flight Recorder. */
    static final class NoEvents implements LongConsumer {
        private static final int ENTRIES = 400;

        @Override
        public void accept(long seed) {
            PinnedRandom.pin(seed);
            SafeMap<Integer, Integer> map = SafeMap.builder().shrinkThreshold(0).build();
            FlightRecorder.getFlightRecorder(); // without a recording, there are no events
            Starvation starvation = new Starvation("begun");
            try {
                play(map);
            } catch (OutOfMemoryError e) {
                throw new AssertionError("a write failed", e);
            } finally {
                FaultPoint.disarm();
            }
            same(0L, map.mappingCount());
            if (starvation.attempts < 8) {
                throw new AssertionError("only " + starvation.attempts + " rebuilds");
            }
        }

        private static void play(SafeMap<Integer, Integer> map) {
            for (int key = 0; key < ENTRIES; key++) {
                same(null, map.put(key, key));
                int other = -1 - key;
                same(other, map.computeIfAbsent(other, absent -> other));
            }
            for (int key = -ENTRIES; key < ENTRIES; key++) {
                same(key, map.get(key));
                same(null, map.compute(key, (present, value) -> null));
                if (key % 50 == 0) {
                    SafeMapInvariants.check(map);
                }
            }
        }
    }

    /** Makes each allocation in a method of this name fail, until it is disarmed. */
    private static final class Starvation {
        private int attempts;

        Starvation(String method) {
            FaultPoint.armEach(FaultPoint.Kind.ALLOCATION, () -> {
                for (StackTraceElement frame : new Throwable().getStackTrace()) {
                    if (frame.getMethodName().equals(method)) {
                        attempts++;
                        throw new OutOfMemoryError("simulated");
                    }
                }
            });
        }
    }

    /**
     * A reader stops at each access of a look-up in turn, then of an iteration. Meanwhile other threads compute
     * each key to its own value, and rebuild all shards. The reader must find the key.
     */
    static final class StandingReader implements LongConsumer {
        @Override
        public void accept(long seed) {
            for (int point = 1; look(seed, point); point++) {}
            for (int point = 1; iterate(seed, point); point++) {}
        }

        private static boolean look(long seed, int point) {
            History history = new History(seed);
            Key key = history.someKey();
            arm(history, point);
            Integer found = history.map.get(key);
            boolean reached = FaultPoint.disarm();
            same(history.model.get(key), found);
            SafeMapInvariants.check(history.map);
            return reached;
        }

        private static boolean iterate(long seed, int point) {
            History history = new History(seed);
            arm(history, point);
            Map<Key, Integer> found = new HashMap<>();
            history.map.forEach((key, value) -> same(null, found.put(key, value)));
            boolean reached = FaultPoint.disarm();
            if (!found.equals(history.model)) {
                Set<Key> missed = new HashSet<>(history.model.keySet());
                missed.removeAll(found.keySet());
                throw new AssertionError("access " + point + ": missed " + missed + ", found " + found);
            }
            return reached;
        }

        private static void arm(History history, int point) {
            history.rebuild();
            boolean rebuildsFirst = history.random.nextBoolean();
            FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
                Task<?> other = Task.start(() -> {
                    if (rebuildsFirst) {
                        history.rebuild();
                    }
                    for (Key key : history.model.keySet()) {
                        history.map.computeIfPresent(key, (same, old) -> old);
                    }
                    history.rebuild();
                    return null;
                });
                other.join();
            });
        }
    }

    /**
     * A thread stops at each access of an operation in turn. Meanwhile others read and iterate. Then it is
     * interrupted and continues.
     */
    static final class Standstill implements LongConsumer {
        @Override
        public void accept(long seed) {
            for (int point = 1; play(seed, point); point++) {}
        }

        private static boolean play(long seed, int point) {
            History history = new History(seed);
            Operation operation = history.next();
            Key key = new Key(history.random.nextInt(KEYS));
            history.rebuild();
            String what = operation + " of " + key + ", access " + point;
            Map<Key, Integer> before = new HashMap<>(history.model);
            Object expected = operation.apply(history.model, key, -1);
            CountDownLatch standing = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Throwable[] failure = {null};
            boolean[] reached = {false};
            Thread writer = new Thread(() -> {
                try {
                    FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
                        standing.countDown();
                        while (go.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                    });
                    Object result = operation.apply(history.map, key, -1);
                    reached[0] = FaultPoint.disarm();
                    same(expected, result);
                    if (reached[0] && !Thread.currentThread().isInterrupted()) {
                        throw new AssertionError("the interrupt was swallowed");
                    }
                } catch (Throwable e) {
                    failure[0] = e;
                } finally {
                    standing.countDown();
                }
            });
            writer.setDaemon(true);
            writer.start();
            try {
                standing.await();
                Thread reader = new Thread(() -> read(history, key, before, failure));
                reader.setDaemon(true);
                reader.start();
                reader.join(TimeUnit.SECONDS.toMillis(20));
                if (reader.isAlive()) {
                    throw new AssertionError("a reader waits for a writer: " + what);
                }
                writer.interrupt();
                go.countDown();
                writer.join(TimeUnit.SECONDS.toMillis(20));
                if (writer.isAlive()) {
                    throw new AssertionError("the writer hangs: " + what);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(what, e);
            }
            if (failure[0] != null) {
                throw new AssertionError(what, failure[0]);
            }
            SafeMapInvariants.check(history.map);
            same(history.model, history.map);
            return reached[0];
        }

        /** Reads keys that the stopped writer does not change, and one that it may change. */
        private static void read(History history, Key key, Map<Key, Integer> before, Throwable[] failure) {
            try {
                boolean clears = history.model.isEmpty();
                for (int id = 0; id < KEYS; id++) {
                    Key each = new Key(id);
                    Integer value = history.map.get(each);
                    boolean old = Objects.equals(value, before.get(each));
                    boolean fresh = Objects.equals(value, history.model.get(each));
                    if (!fresh && !(old && (clears || each.equals(key)))) {
                        throw new AssertionError(each + " has the value " + value);
                    }
                }
                Set<Key> seen = new HashSet<>();
                for (Key each : List.copyOf(history.map.keySet())) {
                    if (!seen.add(each)) {
                        throw new AssertionError(each + " twice");
                    }
                }
                Set<Key> lasting = new HashSet<>(before.keySet());
                lasting.retainAll(history.model.keySet());
                if (!seen.containsAll(lasting)) {
                    throw new AssertionError("iteration missed a key");
                }
            } catch (Throwable e) {
                failure[0] = e;
            }
        }
    }
}
