package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import java.util.function.LongConsumer;

/**
 * A game for the classes of a {@link FaultLoader}. A removal or a function removes a key of a tree. At each of
 * its accesses in turn, another thread rebuilds the tree's shard with one more key for the tree, or moves the
 * key out of the tree by a function.
 */
final class TreeGame implements LongConsumer {
    private static final int KEYS = 40;

    private record Twin(int id) implements Comparable<Twin> {
        @Override
        public int hashCode() {
            return 42;
        }

        @Override
        public int compareTo(Twin other) {
            return Integer.compare(id, other.id);
        }
    }

    @Override
    public void accept(long seed) {
        for (Move move : Move.values()) {
            for (int point = 1; play(point, move, TreeGame::remove); point++) {}
            for (int point = 1; play(point, move, TreeGame::removeByFunction); point++) {}
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

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** Removes the key 8. Returns the value that it had. */
    private interface Removal {
        Integer from(SafeMap<Object, Integer> map);
    }

    /** Returns whether the removal reached the point. */
    private static boolean play(int point, Move move, Removal removal) {
        SafeMap<Object, Integer> map = SafeMap.builder().growOnly().build();
        for (int id = 0; id < KEYS; id++) {
            map.put(new Twin(id), id);
        }
        DirectoryView.rebuildAll(map.directory);
        if (Tables.trees(map).isEmpty()) {
            throw new AssertionError("no tree");
        }
        Thread mover = new Thread(() -> move.run(map));
        mover.setDaemon(true);
        FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
            mover.start();
            Tables.await("it ends, or waits for this one", () -> !mover.isAlive() || waits(mover));
        });
        Integer removed = removal.from(map);
        boolean reached = FaultPoint.disarm();
        try {
            mover.join(20_000);
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
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return reached;
    }
}
