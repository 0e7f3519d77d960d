package io.github.safemap.core.engine;

/** Turns the hold on the first bucket of a map's only shard into a reservation, if there is one. */
public final class Inflation {
    private Inflation() {}

    /** Does what a writer does that has waited long enough. */
    public static void inflate(Shards shards) {
        Table table = shards.getTableAcquire(0);
        Bucket main = table.getBucketAcquire(0);
        if (main != null && main != Bucket.FORWARDED) {
            Holds.inflateAtOnce(table, 0, main);
        }
    }

    /** So many looks at most: there need not be one. */
    private static final int LOOKS = 1_000;

    private static void awaitTheNextHold(int stripe, long turn) {
        for (int i = 0; i < LOOKS && Holds.getTurnAcquire(stripe) < turn + 2; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * The broken twin: it does not look whether the hold that it has taken over is the one that was
     * there when it copied the chain.
     */
    public static void inflateUnchecked(Shards shards) {
        Table table = shards.getTableAcquire(0);
        Bucket main = table.getBucketAcquire(0);
        if (main == null || main == Bucket.FORWARDED) {
            return;
        }
        int word = main.getControlAcquire();
        for (int stripe = 0; stripe < Holds.STRIPES && Bucket.isHeld(word); stripe++) {
            long turn = Holds.getTurnAcquire(stripe);
            if (Holds.isOf(stripe, turn, table, 0, word)) {
                Reservation reservation = Holds.reservationFor(stripe, main);
                Bucket copy = reservation == null ? null : reservation.copyOfSource();
                awaitTheNextHold(stripe, turn);
                if (copy != null && main.tryTakeOver(word)) {
                    Holds.publish(stripe, reservation, table, 0, main, copy);
                }
                return;
            }
        }
    }
}
