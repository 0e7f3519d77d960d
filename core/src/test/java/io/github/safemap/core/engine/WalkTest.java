package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.PinnedRandom;
import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The six rules of a walk. */
@Timeout(120)
class WalkTest {
    private final Directory directory = Directories.empty();

    private static List<Object> keysOf(Walk walk) {
        List<Object> keys = new ArrayList<>();
        while (walk.advance()) {
            keys.add(walk.key());
        }
        return keys;
    }

    private static void assertNumbers(int from, int to, List<Object> keys) {
        assertEquals(to - from, keys.size());
        assertEquals(new HashSet<Object>(IntStream.range(from, to).boxed().toList()), new HashSet<>(keys));
    }

    // ---- A map that nobody changes ----

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 20_000})
    void eachEntryIsReturnedOnce(int count) {
        Directories.putAll(directory, 0, count);
        Walk walk = new Walk(directory);
        assertNumbers(0, count, keysOf(walk));
        assertNull(walk.key());
        assertNull(walk.value());
        assertFalse(walk.advance(), "it has ended");
    }

    @Test
    void eachKeyHasItsValue() {
        for (int key = 0; key < 1_000; key++) {
            Directories.put(directory, key, "of " + key);
        }
        for (Walk walk = new Walk(directory); walk.advance(); ) {
            assertEquals("of " + walk.key(), walk.value());
        }
    }

    @Test
    void twoWalksGoTheSameWay() {
        Directories.putAll(directory, 0, 3_000);
        for (int id = 0; id < 100; id++) {
            Directories.put(directory, new Twin(id), id);
        }
        List<Object> keys = keysOf(new Walk(directory));
        assertEquals(keys, keysOf(new Walk(directory)));
        List<Object> copied = new ArrayList<>();
        Walk.copy(directory, (key, value) -> copied.add(key));
        assertEquals(keys, copied);
    }

    // ---- Parts ----

    @ParameterizedTest
    @ValueSource(ints = {5, 60, 100, 5_000})
    void thePartsOfAWalkReturnEachEntryOnce(int count) {
        Directories.putAll(directory, 0, count);
        List<Walk> parts = new ArrayList<>(List.of(new Walk(directory)));
        for (int round = 0; round < 4; round++) {
            for (Walk part : List.copyOf(parts)) {
                long before = part.ahead();
                Walk rest = part.split();
                assertNotNull(rest);
                assertEquals(before, part.ahead() + rest.ahead());
                assertTrue(part.ahead() > 0 && rest.ahead() > 0);
                parts.add(rest);
            }
        }
        List<Object> keys = new ArrayList<>();
        for (boolean more = true; more; ) { // in turns
            more = false;
            for (Walk part : parts) {
                if (part.advance()) {
                    more = true;
                    keys.add(part.key());
                }
            }
        }
        assertNumbers(0, count, keys);
    }

    @Test
    void aWalkIsSplitUntilNothingRemains() {
        Directories.putAll(directory, 0, 100);
        Walk walk = new Walk(directory);
        assertEquals(1L << 32, walk.ahead());
        int splits = 0;
        while (walk.split() != null) {
            splits++;
        }
        assertTrue(splits >= 1 && splits <= 32, () -> "split in vain");
        keysOf(walk);
        assertNull(walk.split());
        assertEquals(0, walk.ahead());
    }

    @Test
    void aWalkInTheMiddleOfAShardKeepsItToItself() {
        Directories.putAll(directory, 0, 5_000);
        Walk walk = new Walk(directory);
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            assertTrue(walk.advance());
            keys.add(walk.key());
        }
        Walk rest = walk.split();
        assertNotNull(rest);
        keys.addAll(keysOf(rest));
        keys.addAll(keysOf(walk));
        assertNumbers(0, 5_000, keys);
    }

    // ---- A map that this thread changes, so the right answer is known ----

    /** A way to go through a map. */
    private interface Steps {
        boolean advance();

        @Nullable Object key();

        @Nullable Object value();
    }

    private static Steps real(Directory directory) {
        return of(new Walk(directory));
    }

    private static Steps of(Walk walk) {
        return new Steps() {
            @Override
            public boolean advance() {
                return walk.advance();
            }

            @Override
            public @Nullable Object key() {
                return walk.key();
            }

            @Override
            public @Nullable Object value() {
                return walk.value();
            }
        };
    }

    /** The walk in parts, in turns. */
    private static Steps inParts(Directory directory) {
        List<Walk> parts = new ArrayList<>(List.of(new Walk(directory)));
        return new Steps() {
            private Walk now = parts.get(0);
            private int turn;

            @Override
            public boolean advance() {
                while (!parts.isEmpty()) {
                    now = parts.get(++turn % parts.size());
                    if (turn % 7 == 0 && parts.size() < 50) {
                        Walk rest = now.split();
                        if (rest != null) {
                            parts.add(rest);
                        }
                    }
                    if (now.advance()) {
                        return true;
                    }
                    parts.remove(now);
                }
                return false;
            }

            @Override
            public @Nullable Object key() {
                return now.key();
            }

            @Override
            public @Nullable Object value() {
                return now.value();
            }
        };
    }

    /**
     * The broken twin: takes the keys of one shard after the other, as they are in the directory. It loads the
     * value of each at its step, so it keeps rules 3 and 5.
     */
    private static Steps byPlaces(Directory directory) {
        return new Steps() {
            private int place;
            private List<Object> copy = List.of();
            private int at;
            private @Nullable Object key;
            private @Nullable Object value;

            @Override
            public boolean advance() {
                while (true) {
                    while (at < copy.size()) {
                        key = copy.get(at);
                        at += 2;
                        value = Directories.get(directory, key);
                        if (value != null) {
                            return true;
                        }
                    }
                    if (place >= directory.length()) {
                        return false;
                    }
                    Shard shard = directory.shardAt(place);
                    List<Object> entries = shard.bits() == place ? shard.copyOfEntries() : List.of();
                    if (entries != null) {
                        copy = entries;
                        place++;
                        at = 0;
                    }
                }
            }

            @Override
            public @Nullable Object key() {
                return key;
            }

            @Override
            public @Nullable Object value() {
                return value;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 4_000})
    void theRulesHoldDuringChanges(int keys) {
        for (int round = 0; round < 40_000 / keys; round++) {
            checkHistory(System.nanoTime(), keys, WalkTest::real);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 4_000})
    void theRulesHoldForThePartsTogether(int keys) {
        for (int round = 0; round < 40_000 / keys; round++) {
            checkHistory(System.nanoTime(), keys, WalkTest::inParts);
        }
    }

    @Test
    void aWalkThatBreaksTheRulesIsFound() {
        AssertionError error = assertThrows(AssertionError.class, () -> {
            for (int seed = 0; seed < 50; seed++) {
                checkHistory(seed, 1_000, WalkTest::byPlaces);
            }
        });
        assertTrue(error.getMessage().contains(" returned"), error.getMessage()); // twice, or not
    }

    private static void checkHistory(long seed, int keys, Function<Directory, Steps> walks) {
        PinnedRandom.pin(seed);
        try {
            new Changes(new SplittableRandom(seed), keys).walk(walks);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", " + keys + " keys: " + e.getMessage(), e);
        } finally {
            PinnedRandom.release();
        }
    }

    /** A map that changes between the steps of a walk: it grows and shrinks, and is split, trimmed and cleared. */
    private static final class Changes {
        private final SplittableRandom random;
        private final Directory directory = Directories.empty();
        private final Map<Object, Object> model = new HashMap<>();
        private final Object[] keys;

        /** The keys that have been there since the walk began. */
        private final Set<Object> throughout;

        private boolean growing;

        Changes(SplittableRandom random, int count) {
            this.random = random;
            keys = new Object[count];
            for (int i = 0; i < count; i++) {
                keys[i] = i % 4 == 0 ? new Twin(i) : i;
                if (random.nextInt(3) > 0) {
                    put(keys[i]);
                }
            }
            throughout = new HashSet<>(model.keySet());
        }

        void walk(Function<Directory, Steps> walks) {
            Set<Object> returned = new HashSet<>();
            Steps steps = walks.apply(directory);
            while (steps.advance()) {
                Object key = steps.key();
                assertEquals(model.get(key), steps.value(), () -> key + ": rules 3 and 5");
                assertTrue(returned.add(key), () -> key + " is returned twice");
                change();
            }
            throughout.removeAll(returned);
            assertEquals(Set.of(), throughout, "is not returned");
            assertEquals(model.size(), DirectoryInvariants.check(directory).size());
        }

        private void put(Object key) {
            Integer value = random.nextInt();
            model.put(key, value);
            Directories.put(directory, key, value);
        }

        private void remove(Object key) {
            model.remove(key);
            throughout.remove(key);
            Directories.remove(directory, key);
        }

        private void change() {
            int kind = random.nextInt(1_000);
            if (kind < 20) {
                growing = !growing;
            } else if (kind < 22) {
                Resizer.trim(directory);
            } else if (kind < 30) {
                Directories.shardOf(directory, any()).control().setContendedOpaque(Sizing.CONTENDED);
                put(any());
            } else if (kind < 31 && random.nextInt(5) == 0) {
                model.clear();
                throughout.clear();
                directory.clear();
            } else if (kind < 60) {
                Object key = any();
                Object value = random.nextInt(3) == 0 ? null : random.nextInt();
                Directories.compute(directory, key, old -> value);
                if (value == null) {
                    model.remove(key);
                    throughout.remove(key);
                } else {
                    model.put(key, value);
                }
            } else if (kind < 300) {
                for (int i = random.nextInt(keys.length / 20); i >= 0; i--) {
                    if (random.nextInt(10) < (growing ? 9 : 1)) {
                        put(any());
                    } else {
                        remove(any());
                    }
                }
            }
        }

        private Object any() {
            return keys[random.nextInt(keys.length)];
        }
    }

    @Test
    void aWalkGoesOnInWhatIsPutAfterAClear() {
        Directories.putAll(directory, 0, 1_000);
        Walk walk = new Walk(directory);
        Set<Object> returned = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertTrue(walk.advance());
            returned.add(walk.key());
        }
        directory.clear();
        Directories.putAll(directory, 0, 2_000);
        List<Object> rest = keysOf(walk);
        assertTrue(rest.size() > 1_000, () -> rest.size() + " of 2,000, after 100 of 1,000");
        assertTrue(Collections.disjoint(returned, rest));
    }

    @Test
    void aWalkEndsInAMapThatHasBeenCleared() {
        Directories.putAll(directory, 0, 1_000);
        Walk walk = new Walk(directory);
        assertTrue(walk.advance());
        directory.clear();
        assertFalse(walk.advance());
    }

    // ---- Reservations and collision trees ----

    @Test
    void aKeyThatIsBeingComputedHasItsOldValue() {
        Directories.putAll(directory, 0, 10);
        Directories.compute(directory, 3, old -> {
            Walk walk = new Walk(directory);
            Set<Object> values = new TreeSet<>();
            while (walk.advance()) {
                assertEquals(walk.key(), walk.value());
                values.add(walk.value());
            }
            assertEquals(10, values.size());
            return "new";
        });
        Directories.computeIfAbsent(directory, 10, old -> {
            assertNumbers(0, 10, keysOf(new Walk(directory)));
            return 10;
        });
    }

    @Test
    void aKeyThatIsBeingComputedBesideItsShardsRebuildHasItsValueToo() {
        Directories.putAll(directory, 0, 10);
        Walk walk = new Walk(directory);
        assertTrue(walk.advance());
        List<Object> keys = new ArrayList<>(List.of(walk.key()));
        Object key = keys.get(0).equals(3) ? 4 : 3;
        Directories.compute(directory, key, old -> {
            Directories.putAll(directory, 10, 1_000);
            keys.addAll(keysOf(walk));
            return "new";
        });
        assertTrue(keys.containsAll(IntStream.range(0, 10).boxed().toList()));
        assertEquals(new HashSet<>(keys).size(), keys.size());
    }

    @Test
    void aKeyThatLeavesItsCollisionTreeWhileItIsWalkedIsReturned() {
        Directory some;
        Walk walk;
        do { // until a number is before the collision tree
            some = Directories.empty();
            for (int id = 0; id < 60; id++) {
                Directories.put(some, new Twin(id), id);
            }
            Directories.putAll(some, 0, 5);
            walk = new Walk(some);
            assertTrue(walk.advance());
        } while (walk.key() instanceof Twin);
        for (int id = 0; id < 60; id++) {
            Directories.compute(some, new Twin(id), value -> value);
        }
        List<Object> rest = keysOf(walk);
        assertEquals(64, new HashSet<>(rest).size());
        assertEquals(64, rest.size());
    }

    /**
     * A thread that reserves a key of a collision tree first fills a slot for the key, and then takes it out of
     * the tree. Here it stops in between.
     */
    @Test
    void aKeyOnItsWayOutOfACollisionTreeIsReturnedOnce() throws Exception {
        for (int id = 0; id < 60; id++) {
            Directories.put(directory, new Twin(id), id);
        }
        long hash = directory.hash(42);
        Shard shard = directory.shardOf(hash);
        int at = shard.find(new Twin(1), hash);
        CollisionTree collisions = (CollisionTree) shard.getHolderAcquire(at);
        assertNotNull(collisions);
        KeyTree.Place place = collisions.getTreeAcquire().find(new Twin(1));
        Reservation reservation = new Reservation(new Twin(1), 42);
        reservation.setValue(1);
        assertTrue(shard.control().claim());
        shard.append(hash, reservation, 1);
        List<Object> keys = new ArrayList<>();
        Thread walking = new Thread(() -> keys.addAll(keysOf(new Walk(directory))));
        walking.start();
        // until it has passed, or waits for the claim
        Waiting.until(() -> !walking.isAlive() || LockSupport.getBlocker(walking) == shard.control());
        collisions.setTreeRelease(place.without());
        shard.control().giveBack();
        walking.join();
        assertEquals(60, new HashSet<>(keys).size());
        assertEquals(60, keys.size(), "a key is returned twice");
    }

    // ---- With other threads ----

    @Test
    void aWalkBesideWritersHasWhatStays() throws Exception {
        assertEquals(0, missedOrTwice(WalkTest::real, 30));
        assertEquals(0, missedOrTwice(WalkTest::inParts, 30));
    }

    @Test
    void aWalkThatBreaksTheRulesDuringWritesIsFound() throws Exception {
        assertTrue(missedOrTwice(WalkTest::byPlaces, 1_000) > 0);
    }

    /** Runs walks during writes. Returns how many of the staying keys they missed or returned twice. */
    private static int missedOrTwice(Function<Directory, Steps> walks, int rounds) throws InterruptedException {
        int stay = 500;
        Directory shared = Directories.empty();
        Directories.putAll(shared, 0, stay);
        AtomicBoolean done = new AtomicBoolean();
        int[] wrong = new int[1];
        Race.run(
                thread -> {
                    while (!done.get()) {
                        Directories.putAll(shared, stay, 20 * stay);
                        Directories.removeAll(shared, stay, 20 * stay);
                    }
                },
                thread -> {
                    try {
                        for (int round = 0; round < rounds && wrong[0] == 0; round++) {
                            int[] times = new int[stay];
                            for (Steps steps = walks.apply(shared); steps.advance(); ) {
                                Integer key = (Integer) steps.key();
                                if (key < stay) {
                                    times[key]++;
                                }
                            }
                            wrong[0] = (int) IntStream.of(times)
                                    .filter(time -> time != 1)
                                    .count();
                        }
                    } finally {
                        done.set(true);
                    }
                });
        DirectoryInvariants.check(shared);
        return wrong[0];
    }

    // ---- Copies ----

    @Test
    void aCopyHasEachKeyOnceDuringChanges() {
        Directories.putAll(directory, 0, 2_000);
        List<Object> stayed = new ArrayList<>();
        Set<Object> copied = new HashSet<>();
        int[] next = {2_000};
        Walk.copy(directory, (key, value) -> {
            assertEquals(key, value);
            assertTrue(copied.add(key), () -> key + " is copied twice");
            if ((Integer) key < 2_000) {
                stayed.add(key);
            }
            if (next[0] < 6_000) { // later shards are split and merged again
                Directories.putAll(directory, next[0], next[0] + 40);
                next[0] += 40;
            } else if (next[0] < 10_000) {
                Directories.removeAll(directory, next[0] - 4_000, next[0] - 3_960);
                next[0] += 40;
            }
        });
        assertNumbers(0, 2_000, stayed);
    }

    @Test
    void aCopyIsMadeWhileNothingIsClaimed() {
        Directories.putAll(directory, 0, 300);
        Walk.copy(directory, (key, value) -> {
            for (Shard shard : Directories.shards(directory)) {
                assertFalse(shard.control().isClaimed());
            }
        });
        DirectoryInvariants.check(directory);
    }

    /** How to read two keys. The broken twin reads one after the other. */
    private enum Copying {
        COPY {
            @Override
            void copy(Directory directory, BiConsumer<Object, Object> sink) {
                Walk.copy(directory, sink);
            }
        },
        WALK {
            @Override
            void copy(Directory directory, BiConsumer<Object, Object> sink) {
                for (Walk walk = new Walk(directory); walk.advance(); ) {
                    sink.accept(walk.key(), walk.value());
                }
            }
        };

        abstract void copy(Directory directory, BiConsumer<Object, Object> sink);
    }

    /**
     * Two keys of one shard are written in turn. A copy never has a much older value of one key than of the
     * other.
     */
    @Test
    void aShardIsCopiedAsItIsAtOneMoment() throws Exception {
        assertFalse(isTorn(Copying.COPY, 20_000));
        assertTrue(isTorn(Copying.WALK, 1_000_000), "a walk is not torn either: this test shows nothing");
    }

    private static boolean isTorn(Copying copying, int rounds) throws InterruptedException {
        Directory shared = Directories.empty();
        int[] pair = Directories.numbersOf(shared, 8, 0).limit(2).toArray();
        Directories.put(shared, pair[0], 0);
        Directories.put(shared, pair[1], 0);
        AtomicBoolean done = new AtomicBoolean();
        boolean[] torn = new boolean[1];
        Race.run(
                thread -> {
                    for (int i = 1; !done.get(); i++) {
                        Directories.put(shared, pair[0], i);
                        Directories.put(shared, pair[1], i);
                    }
                },
                thread -> {
                    try {
                        for (int round = 0; round < rounds && !torn[0]; round++) {
                            Map<Object, Object> copy = new HashMap<>();
                            copying.copy(shared, copy::put);
                            int ahead = (Integer) copy.get(pair[0]) - (Integer) copy.get(pair[1]);
                            torn[0] = ahead != 0 && ahead != 1;
                        }
                    } finally {
                        done.set(true);
                    }
                });
        return torn[0];
    }
}
