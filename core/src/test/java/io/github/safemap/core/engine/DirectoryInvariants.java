package io.github.safemap.core.engine;

import java.lang.reflect.Field;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that must be true of a directory and its shards while no operation is running. */
public final class DirectoryInvariants {
    private final Directory directory;
    private final Shard[] places;
    private final boolean reserved;
    private final List<Map.Entry<Object, Object>> entries = new ArrayList<>();

    private DirectoryInvariants(Directory directory, boolean reserved) {
        this.directory = directory;
        this.places = directory.getPlacesAcquire();
        this.reserved = reserved;
    }

    /**
     * Checks a directory at rest.
     *
     * @return the entries, in the order of the shards and their slots
     * @throws AssertionError if something is not as it must be
     */
    public static List<Map.Entry<Object, Object>> check(Directory directory) {
        return new DirectoryInvariants(directory, false).check();
    }

    /**
     * Checks a directory while functions run and threads wait for them, but nothing else happens. Keys may be
     * reserved. Otherwise the same as {@link #check}. A key without a value is not among the entries.
     */
    public static List<Map.Entry<Object, Object>> checkBesideFunctions(Directory directory) {
        return new DirectoryInvariants(directory, true).check();
    }

    private List<Map.Entry<Object, Object>> check() {
        require(Integer.bitCount(places.length) == 1, "the directory has %d places", places.length);
        int[] shardsOfDepth = new int[Integer.numberOfTrailingZeros(places.length) + 1];
        Set<Shard> checked = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int place = 0; place < places.length; place++) {
            Shard shard = Directory.getPlaceAcquire(places, place);
            int depth = shard.depth();
            require(
                    depth < shardsOfDepth.length,
                    "place %d: depth %d in a directory of %d places",
                    place,
                    depth,
                    places.length);
            // A shard with other low bits is in a wrong place. A shard with these low bits is in the right one,
            // because this loop visits all places with these bits.
            require(
                    (place & (1 << depth) - 1) == shard.bits(),
                    "place %d has the shard of bits %d, depth %d",
                    place,
                    shard.bits(),
                    depth);
            if (place == shard.bits()) {
                shardsOfDepth[depth]++;
                checked.add(shard);
                checkShard(shard);
            } else {
                require(checked.contains(shard), "place %d has not the shard of place %d", place, shard.bits());
            }
        }
        int[] said = shardsOfDepth(directory);
        require(
                Arrays.equals(said, shardsOfDepth),
                "shards of each depth: %s, but said to be %s",
                Arrays.toString(shardsOfDepth),
                Arrays.toString(said));
        require(directory.size() == entries.size(), "%d entries, but size %d", entries.size(), directory.size());
        return entries;
    }

    private void checkShard(Shard shard) {
        Control control = shard.control();
        int slots = shard.slotCount();
        require(!control.isClaimed(), "a shard is still claimed");
        require(!control.isRetired(), "a retired shard is in the directory");
        require(
                shard.depth() >= directory.policy().minDepth(),
                "depth %d, less than the least, %d",
                shard.depth(),
                directory.policy().minDepth());
        require(
                slots == 0 || (slots >= Sizing.MIN_SLOTS && Integer.bitCount(slots) == 1),
                "a shard has %d slots",
                slots);
        require(
                slots == 0 || slots >= directory.policy().minSlots(),
                "%d slots, less than the least, %d",
                slots,
                directory.policy().minSlots());
        require(shard.counts() == directory.shardAt(0).counts(), "a shard counts elsewhere than that of place 0");
        int full = 0;
        int dead = 0;
        for (int bucket = 0; bucket < slots >> 3; bucket++) {
            long word = shard.getWordAcquire(bucket);
            boolean unused = false;
            for (int slot = 0; slot < 8; slot++) {
                int at = (bucket << 4) + (slot << 1);
                int state = TopHash.stateAt(word, slot);
                require(!unused || state == TopHash.EMPTY_REST, "bucket %d: a used slot behind an empty one", bucket);
                unused = state == TopHash.EMPTY_REST;
                if (state >= TopHash.FULL) {
                    full++;
                    checkFull(shard, at, state);
                } else {
                    require(unused || state == TopHash.DEAD, "slot %d: state %d", at, state);
                    dead += unused ? 0 : 1;
                    require(
                            shard.getHolderAcquire(at) == null && shard.getValueAcquire(at) == null,
                            "slot %d is not full, but refers to %s=%s",
                            at,
                            shard.getHolderAcquire(at),
                            shard.getValueAcquire(at));
                }
            }
        }
        int used = full + dead;
        require(control.getUsedAcquire() == used, "%d slots used, but said to be %d", used, control.getUsedAcquire());
        require(control.getDeadAcquire() == dead, "%d slots dead, but said to be %d", dead, control.getDeadAcquire());
        require(used == 0 || !shard.isFull(used - 1), "%d of %d slots used: more than the limit", used, slots);
    }

    private void checkFull(Shard shard, int at, int state) {
        Object holder = shard.getHolderAcquire(at);
        require(holder != null, "slot %d is full, but has no key", at);
        long hash = directory.hash(Marker.hashCodeOf(holder));
        require(TopHash.of(hash) == state, "slot %d: the tophash of another hash than that of %s", at, holder);
        require(
                (HashSeed.placeBits(hash) & (1 << shard.depth()) - 1) == shard.bits(),
                "%s belongs to another shard than that of bits %d, depth %d",
                holder,
                shard.bits(),
                shard.depth());
        Object value = shard.getValueAcquire(at);
        if (holder instanceof CollisionTree collisions) {
            require(value == null, "slot %d: a value beside a collision tree", at);
            checkCollisionTree(shard, at, collisions, hash);
        } else if (holder instanceof Reservation reservation) {
            require(reserved, "%s is still reserved", reservation.key());
            require(value == reservation.value(), "%s: its reservation has another value", reservation.key());
            requireFound(shard, at, reservation.key(), hash);
            if (value != null) {
                entries.add(new SimpleImmutableEntry<>(reservation.key(), value));
            }
        } else {
            require(value != null, "%s has no value", holder);
            requireFound(shard, at, holder, hash);
            entries.add(new SimpleImmutableEntry<>(holder, value));
        }
    }

    private void checkCollisionTree(Shard shard, int at, CollisionTree collisions, long hash) {
        KeyTree tree = collisions.getTreeAcquire();
        require(collisions.hash() == hash, "slot %d: a collision tree of another hash than that of its keys", at);
        require(tree.size() > 0, "slot %d: a collision tree of nobody", at);
        tree.forEach((key, cell) -> {
            require(
                    key.hashCode() == collisions.keyHashCode(),
                    "%s is in the collision tree of another hash code",
                    key);
            require(key.getClass() == tree.type(), "%s is in the collision tree of another class", key);
            require(cell.get() != null, "%s has no value", key);
            requireFound(shard, at, key, hash);
            entries.add(new SimpleImmutableEntry<>(key, cell.get()));
        });
    }

    /** This also shows that no key is there twice. */
    private static void requireFound(Shard shard, int at, Object key, long hash) {
        int found = shard.find(key, hash);
        require(found != Shard.ABSENT, "%s in slot %d is not found", key, at);
        require(found == at, "%s is there twice: in slot %d, and found in %d", key, at, found);
    }

    /** Returns the directory's own count of shards of each depth, which it changes under its lock. */
    private static int[] shardsOfDepth(Directory directory) {
        try {
            Field field = Directory.class.getDeclaredField("shardsOfDepth");
            field.setAccessible(true);
            synchronized (directory) {
                return ((int[]) field.get(directory)).clone();
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void require(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new AssertionError(String.format(message, arguments));
        }
    }
}
