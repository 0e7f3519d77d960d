package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rebuilds of a shard with a collision tree, and writes that come after it was read and before it is claimed. A
 * model has the same entries.
 */
class RebuildTest {
    /** Keys in the collision tree. */
    private static final int COLLIDING = 28;

    /** Keys of the same hash in slots. */
    private static final int OTHERS = 4;

    private static final int SLOTS = 32;

    /** Nothing shrinks by itself. */
    private final Directory directory = new Directory(new ShardPolicy(1, 0, 0, false, Integer.MAX_VALUE));

    private final Map<Object, Object> model = new HashMap<>();

    @BeforeEach
    void fill() {
        for (int id = 0; id < COLLIDING + OTHERS; id++) {
            put(new Twin(id), id);
        }
        assertEquals(List.of(COLLIDING), DirectoryView.collisionTrees(directory));
    }

    private void put(Object key, Object value) {
        assertEquals(model.put(key, value), Directories.put(directory, key, value));
    }

    private void remove(Object key) {
        assertEquals(model.remove(key), Directories.remove(directory, key));
    }

    /** Checks the directory, and returns what is in it. */
    private Map<Object, Object> content() {
        Map<Object, Object> content = new HashMap<>();
        DirectoryInvariants.check(directory).forEach(entry -> content.put(entry.getKey(), entry.getValue()));
        return content;
    }

    private static void publish(Directory directory, Shard[] old, Shard[] fresh) {
        directory.rebuilds();
        assertTrue(directory.exchange(old, fresh));
        for (Shard shard : old) {
            shard.control().retire();
        }
    }

    // ---- A rebuild that enlarges the tree ----

    /** A write, during or after which the rebuild claims the shard. */
    private enum Write {
        INSERTION {
            @Override
            void run(RebuildTest test, Runnable rebuild) {
                test.put(new Twin(COLLIDING + OTHERS), "inserted");
                rebuild.run();
            }
        },
        REMOVAL_FROM_A_SLOT {
            @Override
            void run(RebuildTest test, Runnable rebuild) {
                test.remove(new Twin(COLLIDING + 1));
                rebuild.run();
            }
        },
        REMOVAL_FROM_THE_TREE {
            @Override
            void run(RebuildTest test, Runnable rebuild) {
                test.remove(new Twin(1));
                rebuild.run();
            }
        },
        FUNCTION {
            @Override
            void run(RebuildTest test, Runnable rebuild) {
                Twin key = new Twin(COLLIDING + 1);
                test.model.put(key, "computed");
                Directories.compute(test.directory, key, old -> {
                    rebuild.run();
                    return "computed";
                });
            }
        };

        abstract void run(RebuildTest test, Runnable rebuild);
    }

    /** Reads the shard, and makes a tree of all twins. */
    private Rebuild gathered() {
        Rebuild rebuild = new Rebuild(directory.shardAt(0), directory.seed());
        rebuild.gather(new Twin(0).hashCode());
        assertEquals(1, rebuild.copied(), "all in one slot");
        return rebuild;
    }

    private void exchange(Rebuild rebuild) {
        Shard old = rebuild.source();
        Shard fresh = new Shard(SLOTS, old.depth(), old.bits(), old.counts());
        assertTrue(old.control().tryClaim());
        rebuild.copy(new Shard[] {fresh}, 0);
        publish(directory, new Shard[] {old}, new Shard[] {fresh});
    }

    @ParameterizedTest
    @EnumSource
    void aRebuildThatLacksAWriteIsNotCurrent(Write write) {
        Rebuild rebuild = gathered();
        assertTrue(rebuild.isCurrent());
        write.run(this, () -> assertFalse(rebuild.isCurrent()));
        assertEquals(model, content());
    }

    /** The broken twin. So each of the four checks is needed. */
    @ParameterizedTest
    @EnumSource
    void aRebuildThatDoesNotCheckLosesTheWrite(Write write) {
        Rebuild rebuild = gathered();
        write.run(this, () -> exchange(rebuild));
        assertThrows(AssertionError.class, () -> assertEquals(model, content()));
    }

    @Test
    void valuesThatAreReplacedMeanwhileAreCopied() {
        Rebuild rebuild = gathered();
        put(new Twin(1), "replaced");
        put(new Twin(COLLIDING + 1), "replaced");
        assertTrue(rebuild.isCurrent());
        exchange(rebuild);
        assertEquals(model, content());
        assertEquals(List.of(COLLIDING + OTHERS), DirectoryView.collisionTrees(directory));
    }

    /** A key whose comparisons insert numbers, now and then. Comparisons and calls of {@code hashCode} are counted. */
    private static final class Restless implements Comparable<Restless> {
        private static final int COMPARISONS = 16;

        private final int id;
        private final Directory directory;
        private final int[] comparisons;
        private final int[] hashCodes;

        Restless(int id, Directory directory, int[] comparisons, int[] hashCodes) {
            this.id = id;
            this.directory = directory;
            this.comparisons = comparisons;
            this.hashCodes = hashCodes;
        }

        @Override
        public int compareTo(Restless other) {
            if (++comparisons[0] % COMPARISONS == 0) {
                Directories.put(directory, comparisons[0], "inserted");
            }
            return Integer.compare(id, other.id);
        }

        @Override
        public int hashCode() {
            hashCodes[0]++;
            return 42;
        }
    }

    /** No tree is ever current, because comparisons change the shard. So in the end none is made. */
    @Test
    void aRebuildThatIsNeverCurrentWithATreeLeavesTheKeysInTheirSlots() {
        Directory wide = new Directory(new ShardPolicy(1, 0, Sizing.MAX_SLOTS, false, Integer.MAX_VALUE));
        int[] comparisons = {0};
        int[] hashCodes = {0};
        List<Restless> keys = new ArrayList<>();
        for (int id = 0; id < COLLIDING; id++) {
            keys.add(new Restless(id, wide, comparisons, hashCodes));
            Directories.put(wide, keys.get(id), id);
        }
        Shard shard = wide.shardAt(0);
        hashCodes[0] = 0;
        Resizer.makeRoom(wide, shard, 42);
        int tries = hashCodes[0] / COLLIDING;
        assertTrue(comparisons[0] > Restless.COMPARISONS, "it has tried to make a tree");
        assertTrue(tries > 1 && tries < 10, () -> tries + " tries");
        assertTrue(shard.control().isRetired());
        assertEquals(List.of(), DirectoryView.collisionTrees(wide));
        DirectoryInvariants.check(wide);
        for (int id = 0; id < COLLIDING; id++) {
            assertEquals(id, Directories.get(wide, keys.get(id)));
        }
    }

    // ---- Splits and merges ----

    private enum Step {
        SPLIT,
        MERGE
    }

    /** How a step is done. All but the first are broken twins. */
    private enum Way {
        /** The writes come while the hash codes are read. */
        RESIZER("") {
            @Override
            void move(Directory directory, Step step, Acting spy, Runnable writes) {
                spy.arm(writes);
                if (step == Step.SPLIT) {
                    Resizer.relieve(directory, directory.shardAt(0));
                } else {
                    Resizer.trim(directory);
                }
            }
        },
        COPIES_BEFORE_THE_CLAIM("entries, but size") {
            @Override
            void move(Directory directory, Step step, Acting spy, Runnable writes) {
                Shard[] old = old(directory);
                Shard[] fresh = fresh(step, old[0]);
                for (Shard shard : old) {
                    Rebuild rebuild = new Rebuild(shard, directory.seed());
                    rebuild.copy(fresh, 0);
                }
                writes.run();
                claim(old);
                publish(directory, old, fresh);
            }
        },
        SHARES_THE_COLLISION_TREE("a reader of the old shard") {
            @Override
            void move(Directory directory, Step step, Acting spy, Runnable writes) {
                writes.run();
                Shard[] old = old(directory);
                Shard[] fresh = fresh(step, old[0]);
                claim(old);
                for (Shard shard : old) {
                    for (int at = 0; at < 2 * shard.slotCount(); at += 2) {
                        Object holder = shard.getHolderAcquire(at);
                        if (holder != null) {
                            long hash = directory.hash(Marker.hashCodeOf(holder));
                            Shard target = fresh[HashSeed.placeBits(hash) & (fresh.length - 1)];
                            target.fill(hash, holder, shard.getValueAcquire(at));
                            target.control().addUsed(1);
                        }
                    }
                }
                publish(directory, old, fresh);
            }
        };

        /** What the check says of it. */
        final String symptom;

        Way(String symptom) {
            this.symptom = symptom;
        }

        abstract void move(Directory directory, Step step, Acting spy, Runnable writes);

        private static Shard[] old(Directory directory) {
            return Directories.shards(directory).toArray(new Shard[0]);
        }

        private static Shard[] fresh(Step step, Shard old) {
            return step == Step.SPLIT
                    ? new Shard[] {new Shard(SLOTS, 1, 0, old.counts()), new Shard(SLOTS, 1, 1, old.counts())}
                    : new Shard[] {new Shard(SLOTS, 0, 0, old.counts())};
        }

        private static void claim(Shard[] shards) {
            for (Shard shard : shards) {
                assertTrue(shard.control().tryClaim());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCollisionTreeIsMovedWithWhatIsWrittenMeanwhile(Step step) {
        checkMove(step, Way.RESIZER);
    }

    @ParameterizedTest
    @CsvSource({
        "SPLIT, COPIES_BEFORE_THE_CLAIM",
        "SPLIT, SHARES_THE_COLLISION_TREE",
        "MERGE, COPIES_BEFORE_THE_CLAIM",
        "MERGE, SHARES_THE_COLLISION_TREE",
    })
    void theCheckOfMovesFindsFaults(Step step, Way way) {
        AssertionError error = assertThrows(AssertionError.class, () -> checkMove(step, way));
        assertTrue(error.getMessage().contains(way.symptom), error.getMessage());
    }

    /** Compares with the model in the middle of a step, after it, and in the old shard. */
    private void checkMove(Step step, Way way) {
        Acting spy = new Acting(1);
        put(spy, "spy");
        for (int bit = 0; bit < 2; bit++) {
            Directories.numbersOf(directory, 1, bit).limit(3).forEach(number -> put(number, number));
        }
        if (step == Step.MERGE) {
            Resizer.relieve(directory, directory.shardAt(0));
            directory.setContendedDepthOpaque(0); // or they would not be merged
        }
        assertEquals(step == Step.MERGE ? 2 : 1, Directories.shards(directory).size());
        Shard old = Directories.shardOf(directory, new Twin(0));
        List<Map<Object, Object>> middle = new ArrayList<>();
        way.move(directory, step, spy, () -> {
            put(new Twin(1), "replaced");
            remove(new Twin(2));
            put(new Twin(COLLIDING + 1), "replaced");
            remove(new Twin(COLLIDING + 2));
            middle.add(content()); // compared later, because a split ignores what is thrown here
        });
        assertEquals(List.of(model), middle);
        assertEquals(model, content());
        assertEquals(step == Step.MERGE ? 1 : 2, Directories.shards(directory).size());
        assertTrue(old.control().isRetired());
        remove(new Twin(3));
        assertEquals(List.of(COLLIDING - 2), DirectoryView.collisionTrees(directory));
        assertEquals(3, old.get(new Twin(3), directory.hash(new Twin(3).hashCode())), "a reader of the old shard");
        assertEquals(model, content());
    }
}
