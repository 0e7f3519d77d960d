package io.github.safemap;

import io.github.safemap.core.engine.Evacuations;
import java.util.function.LongConsumer;

/**
 * A game for the classes of a {@link FaultLoader}: a key of a tree of nine is removed, and at each access in
 * turn another thread moves the tree to a larger table. The eight that are left belong into slots.
 */
final class TreeGame implements LongConsumer {
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

    private static final int MILLIS = 100;

    @Override
    public void accept(long seed) {
        for (int point = 1; play(point); point++) {}
    }

    /** Returns whether the removal came to the point. */
    private static boolean play(int point) {
        SafeMap<Object, Integer> map = SafeMap.builder()
                .shards(1)
                .noExecutor()
                .growOnly()
                .expectedSize(40)
                .build();
        for (int id = 0; id < 40; id++) {
            map.put(new Twin(id), id);
        }
        for (int id = 39; id >= 9; id--) {
            map.remove(new Twin(id));
        }
        int bits = Evacuations.bits(map.getShardsAcquire(), 0);
        Thread mover = new Thread(() -> {
            Evacuations.begin(map.getShardsAcquire(), bits + 1);
            for (int key = 0; key < 200 && Tables.moving(map); key++) {
                map.put(new Twin(3), 3);
            }
        });
        mover.setDaemon(true);
        FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
            mover.start();
            try {
                mover.join(MILLIS); // it may have to wait for this one
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        map.remove(new Twin(8));
        boolean reached = FaultPoint.disarm();
        try {
            mover.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        try {
            SafeMapInvariants.check(map);
        } catch (AssertionError e) {
            throw new AssertionError("access " + point, e);
        }
        return reached;
    }
}
