package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.engine.Twin;
import io.github.safemap.core.testing.PinnedRandom;
import java.util.function.LongConsumer;

/**
 * A game for the classes of a {@link FaultLoader}. A removal or a function removes a key of a tree. At each of
 * its accesses in turn, another thread rebuilds the tree's shard with one more key for the tree, or moves the
 * key out of the tree by a function.
 */
final class TreeGame implements LongConsumer {
    private static final int KEYS = 40;

    @Override
    public void accept(long seed) {
        for (Move move : Move.values()) {
            for (int point = 1; play(seed, point, move, TreeGame::remove); point++) {}
            for (int point = 1; play(seed, point, move, TreeGame::removeByFunction); point++) {}
        }
    }

    /** What the other thread does. */
    private enum Move {
        REBUILDS {
            @Override
            void run(SafeMap<Object, Integer> map) {
                map.put(new Twin(KEYS), KEYS);
                DirectoryView.rebuildAll(map.directory);
            }
        },
        MOVES_THE_KEY {
            @Override
            void run(SafeMap<Object, Integer> map) {
                map.computeIfPresent(new Twin(8), (key, old) -> old);
            }
        };

        abstract void run(SafeMap<Object, Integer> map);
    }

    private static Integer remove(SafeMap<Object, Integer> map) {
        return map.remove(new Twin(8));
    }

    private static Integer removeByFunction(SafeMap<Object, Integer> map) {
        Integer[] found = {null};
        map.computeIfPresent(new Twin(8), (key, old) -> {
            found[0] = old;
            return null;
        });
        return found[0];
    }

    /** Removes the key 8. Returns the value that it had. */
    private interface Removal {
        Integer from(SafeMap<Object, Integer> map);
    }

    /** Returns whether the removal reached the point. */
    private static boolean play(long seed, int point, Move move, Removal removal) {
        PinnedRandom.pin(seed);
        SafeMap<Object, Integer> map = SafeMap.builder().growOnly().build();
        for (int id = 0; id < KEYS; id++) {
            map.put(new Twin(id), id);
        }
        DirectoryView.rebuildAll(map.directory);
        if (Tables.trees(map).isEmpty()) {
            throw new AssertionError("no tree");
        }
        Task<?>[] mover = {null};
        FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
            mover[0] = Task.start(() -> {
                move.run(map);
                return null;
            });
            mover[0].awaitStop();
        });
        Integer removed = removal.from(map);
        boolean reached = FaultPoint.disarm();
        try {
            if (reached) {
                mover[0].join();
            }
            if (removed == null || removed != 8) {
                throw new AssertionError("removed " + removed);
            }
            SafeMapInvariants.check(map);
            for (int id = 0; id < KEYS; id++) {
                if ((map.get(new Twin(id)) == null) != (id == 8)) {
                    throw new AssertionError("key " + id + " has " + map.get(new Twin(id)));
                }
            }
        } catch (AssertionError e) {
            throw new AssertionError(move + ", access " + point, e);
        }
        return reached;
    }
}
