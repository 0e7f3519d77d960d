package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The broken twins of the invariants. If a damage were not found, the tests that check the invariants would say
 * little.
 */
class DirectoryInvariantsTest {
    private static final int DEPTH = 2;
    private static final int SLOTS = 256;
    private static final Integer KEY = 7;
    private static final int EACH = 25;
    private static final int ENTRIES = (EACH << DEPTH) + 1;

    /** A damage that must never exist at rest. */
    enum Damage {
        SHARD_IN_THE_PLACE_OF_ANOTHER("has the shard of bits", directory -> {
            Shard[] places = directory.getPlacesAcquire();
            places[0] = places[1];
        }),
        SHARD_NOT_IN_ALL_ITS_PLACES("has not the shard of place 0", directory -> {
            Shard[] places = directory.getPlacesAcquire();
            Shard[] doubled = new Shard[2 * places.length];
            System.arraycopy(places, 0, doubled, 0, places.length);
            System.arraycopy(places, 0, doubled, places.length, places.length);
            doubled[places.length] = new Shard(0, DEPTH, 0, places[0].counts());
            set(Directory.class, "places", directory, doubled);
        }),
        SHARD_TOO_DEEP("depth 3 in a directory of 4 places", directory -> {
            Shard old = directory.shardAt(0);
            directory.getPlacesAcquire()[0] = new Shard(0, DEPTH + 1, 0, old.counts());
        }),
        SHARD_NOT_DEEP_ENOUGH("less than the least", directory -> {
            Shard shallow = new Shard(0, DEPTH - 1, 0, directory.shardAt(0).counts());
            directory.getPlacesAcquire()[0] = shallow;
            directory.getPlacesAcquire()[2] = shallow;
        }),
        DEPTHS_MISCOUNTED("shards of each depth", directory -> {
            set(Directory.class, "shardsOfDepth", directory, new int[] {0, 1, 3});
        }),
        SHARD_TOO_SMALL("slots, less than the least", directory -> {
            Shard old = directory.shardAt(0);
            directory.getPlacesAcquire()[0] = new Shard(SLOTS / 2, DEPTH, 0, old.counts());
        }),
        SHARD_COUNTS_ELSEWHERE("counts elsewhere", directory -> {
            directory.getPlacesAcquire()[1] = new Shard(SLOTS, DEPTH, 1, new EntryCount());
        }),
        CLAIM_LEFT_BEHIND("still claimed", directory -> {
            assertTrue(shard(directory).control().tryClaim());
        }),
        RETIRED_SHARD_IN_PLACE(
                "retired", directory -> shard(directory).control().retire()),
        HOLE_IN_A_BUCKET("behind an empty one", directory -> {
            Shard shard = shard(directory);
            long[] words = words(shard);
            int bucket = at(directory) >> 4;
            words[bucket] = TopHash.withState(words[bucket], TopHash.firstUnused(words[bucket]) + 1, TopHash.DEAD);
        }),
        NO_SUCH_STATE("state 2", directory -> {
            Shard shard = shard(directory);
            int at = at(directory);
            slots(shard)[at] = null;
            slots(shard)[at + 1] = null;
            setState(shard, at, 2);
        }),
        KEY_MISSING("has no key", directory -> slots(shard(directory))[at(directory)] = null),
        VALUE_MISSING("7 has no value", directory -> slots(shard(directory))[at(directory) + 1] = null),
        TOPHASH_OF_ANOTHER("another hash", directory -> {
            Shard shard = shard(directory);
            int at = at(directory);
            setState(shard, at, TopHash.of(directory.hash(KEY)) ^ 1);
        }),
        KEY_IN_ANOTHER_SHARD("belongs to another shard", directory -> {
            Integer stranger = Directories.numbersOf(
                            directory, DEPTH, shard(directory).bits() ^ 1)
                    .findFirst()
                    .getAsInt();
            shard(directory).append(directory.hash(stranger), stranger, stranger);
        }),
        KEY_NOT_ON_ITS_WAY("is not found", directory -> {
            Shard shard = shard(directory);
            int away = at(directory) + SLOTS & 2 * SLOTS - 1;
            Directories.remove(directory, KEY);
            put(shard, away >> 4, directory.hash(KEY), KEY, KEY);
        }),
        KEY_TWICE("7 is there twice", directory -> shard(directory).append(directory.hash(KEY), KEY, KEY)),
        DEAD_SLOT_WITH_A_VALUE("not full, but refers to null=7", directory -> {
            Shard shard = shard(directory);
            int at = at(directory);
            Directories.remove(directory, KEY);
            slots(shard)[at + 1] = KEY;
        }),
        DEAD_SLOT_WITH_A_KEY("not full, but refers to 7=null", directory -> {
            Shard shard = shard(directory);
            int at = at(directory);
            Directories.remove(directory, KEY);
            slots(shard)[at] = KEY;
        }),
        EMPTY_SLOT_WITH_A_VALUE("not full, but refers to null=7", directory -> {
            int bucket = at(directory) >> 4;
            int slot = TopHash.firstUnused(words(shard(directory))[bucket]);
            slots(shard(directory))[(bucket << 4) + 2 * slot + 1] = KEY;
        }),
        USED_MISCOUNTED(
                "slots used, but", directory -> shard(directory).control().addUsed(1)),
        DEAD_MISCOUNTED(
                "slots dead, but", directory -> shard(directory).control().countDeadRelease()),
        SHARD_USED_BEYOND_ITS_LIMIT("more than the limit", directory -> {
            Shard shard = shard(directory);
            for (int used = shard.control().getUsedAcquire(); used <= SLOTS - SLOTS / 8; used++) {
                shard.append(directory.hash(KEY), new Object(), KEY);
                kill(shard);
            }
        }),
        RESERVATION_LEFT_BEHIND("still reserved", directory -> {
            assertTrue(shard(directory).reserve(at(directory), KEY, new Reservation(KEY, KEY)));
        }),
        TREE_OF_NOBODY("collision tree of nobody", directory -> collisions(directory, 42, 42, 0, true)),
        TREE_OF_ANOTHER_HASH("collision tree of another hash", directory -> collisions(directory, 42, 43, 1, true)),
        TREE_OF_ANOTHER_HASH_CODE("another hash code", directory -> collisions(directory, 43, 43, 1, true)),
        TREE_WITHOUT_A_VALUE("Twin[id=0] has no value", directory -> collisions(directory, 42, 42, 1, false)),
        VALUE_BESIDE_A_TREE("a value beside a collision tree", directory -> {
            collisions(directory, 42, 42, 1, true);
            Shard shard = directory.shardOf(directory.hash(42));
            int at = shard.find(new Twin(0), directory.hash(42));
            slots(shard)[at + 1] = KEY;
        }),
        ENTRIES_MISCOUNTED(
                "entries, but size", directory -> directory.shardAt(0).counts().countInserted()),
        ENTRY_LOST("entries, but size", directory -> {
            Shard old = shard(directory);
            directory.getPlacesAcquire()[old.bits()] = new Shard(SLOTS, DEPTH, old.bits(), old.counts());
        });

        private final String message;
        private final Consumer<Directory> step;

        Damage(String message, Consumer<Directory> step) {
            this.message = message;
            this.step = step;
        }
    }

    private static Shard shard(Directory directory) {
        return Directories.shardOf(directory, KEY);
    }

    private static int at(Directory directory) {
        return shard(directory).find(KEY, directory.hash(KEY));
    }

    /** Uses up the last slot that was filled. */
    private static void kill(Shard shard) {
        for (int at = 0; at < 2 * SLOTS; at += 2) {
            Object holder = shard.getHolderAcquire(at);
            if (holder != null && holder.getClass() == Object.class) {
                slots(shard)[at] = null;
                slots(shard)[at + 1] = null;
                setState(shard, at, TopHash.DEAD);
                shard.control().countDeadRelease();
            }
        }
    }

    private static void put(Shard shard, int bucket, long hash, Object key, Object value) {
        int at = (bucket << 4) + 2 * TopHash.firstUnused(words(shard)[bucket]);
        slots(shard)[at] = key;
        slots(shard)[at + 1] = value;
        setState(shard, at, TopHash.of(hash));
        shard.control().addUsed(1);
    }

    private static void collisions(Directory directory, int keyHashCode, int hashCode, int size, boolean filled) {
        KeyTree tree = KeyTree.empty(Twin.class);
        for (int id = 0; id < size; id++) {
            Twin key = new Twin(id);
            tree = tree.find(key).with(key, new AtomicReference<>(filled ? id : null));
        }
        long hash = directory.hash(keyHashCode);
        CollisionTree collisions = new CollisionTree(keyHashCode, directory.hash(hashCode), tree);
        directory.shardOf(hash).append(hash, collisions, null);
    }

    private static void setState(Shard shard, int at, int state) {
        words(shard)[at >> 4] = TopHash.withState(words(shard)[at >> 4], at >> 1 & 7, state);
    }

    private static long[] words(Shard shard) {
        return (long[]) get(Shard.class, "tophash", shard);
    }

    private static Object[] slots(Shard shard) {
        return (Object[]) get(Shard.class, "slots", shard);
    }

    private static Object get(Class<?> type, String field, Object of) {
        try {
            return accessible(type, field).get(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void set(Class<?> type, String field, Object of, Object value) {
        try {
            accessible(type, field).set(of, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Field accessible(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @ParameterizedTest
    @EnumSource
    void damageIsFound(Damage damage) {
        Directory directory = directory();
        damage.step.accept(directory);
        String message = assertThrows(AssertionError.class, () -> DirectoryInvariants.check(directory))
                .getMessage();
        assertTrue(message.contains(damage.message), message);
    }

    @Test
    void aDirectoryWithoutDamagePasses() {
        Directory directory = directory();
        assertEquals(ENTRIES, DirectoryInvariants.check(directory).size());
        assertEquals(KEY, Directories.content(directory).get(KEY));
    }

    @Test
    void reservationsPassWhileFunctionsRun() {
        Directory directory = directory();
        Reservation reservation = new Reservation(KEY, KEY);
        assertTrue(shard(directory).reserve(at(directory), KEY, reservation));
        long hash = directory.hash(-1);
        Shard shard = directory.shardOf(hash);
        assertEquals(
                Shard.Insertion.DONE,
                shard.insert(shard.control().getUsedAcquire(), hash, new Reservation(-1, -1), null));
        assertEquals(
                ENTRIES, DirectoryInvariants.checkBesideFunctions(directory).size());
        assertThrows(AssertionError.class, () -> DirectoryInvariants.check(directory));
        reservation.setValue(8);
        assertThrows(AssertionError.class, () -> DirectoryInvariants.checkBesideFunctions(directory));
    }

    /** Four shards with no full bucket, so only the few keys of the test matter. */
    private static Directory directory() {
        Directory directory = new Directory(new ShardPolicy(1 << DEPTH, DEPTH, SLOTS, false, Integer.MAX_VALUE));
        Directories.put(directory, KEY, KEY);
        for (Shard shard : Directories.shards(directory)) {
            Directories.numbersOf(directory, DEPTH, shard.bits())
                    .filter(number -> number != KEY)
                    .limit(EACH)
                    .forEach(number -> Directories.put(directory, number, number));
        }
        return directory;
    }
}
