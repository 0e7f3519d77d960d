package io.github.safemap.core.engine;

/** Turns the hold on the first bucket of a map's only shard into a reservation, if there is one. */
public final class Inflation {
    private Inflation() {}

    /** Does what a writer does that has waited long enough. */
    public static void inflate(Shards shards) {
        Table table = shards.getTableAcquire(0);
        Bucket main = table.getBucketAcquire(0);
        if (main != null && main != Bucket.FORWARDED) {
            Holds.inflate(table, 0, main);
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
            if (Holds.isOf(stripe, Holds.getTurnAcquire(stripe), table, 0, word)) {
                Reservation reservation = Holds.reservationFor(stripe, main);
                Bucket copy = reservation == null ? null : reservation.copyOfSource();
                Gap.widen();
                Gap.widen(); // so that the next hold has begun
                if (copy != null && main.tryTakeOver(word)) {
                    Holds.publish(stripe, reservation, table, 0, main, copy);
                }
                return;
            }
        }
    }
}
