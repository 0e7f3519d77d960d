package io.github.safemap.core.engine;

/** The broken twins of {@link Evacuation}, for one thread: moves of one bucket that go wrong. */
public enum BrokenMove {
    /** Forwards the bucket and leaves its entries behind. */
    LOSES_THE_BUCKET {
        @Override
        void broken(Table from, Table to, int index, Bucket main) {
            forward(from, index, main);
        }
    },
    /** Moves each entry but the last one. */
    LOSES_ONE_ENTRY {
        @Override
        void broken(Table from, Table to, int index, Bucket main) {
            copy(main, to, Chain.count(main) - 1);
            forward(from, index, main);
        }
    },
    /** Copies the entries and does not forward the bucket. */
    LEAVES_THE_BUCKET {
        @Override
        void broken(Table from, Table to, int index, Bucket main) {
            copy(main, to, Integer.MAX_VALUE);
        }
    },
    /** Does everything, and does not say so: the evacuation never ends. */
    DOES_NOT_COUNT {
        @Override
        void broken(Table from, Table to, int index, Bucket main) {
            copy(main, to, Integer.MAX_VALUE);
            from.setBucketRelease(index, Bucket.FORWARDED);
            main.retire();
            from.tally().addOverflowBuckets(-Chain.overflowCount(main));
        }
    };

    /** Moves a bucket, if it has entries and has not moved. */
    public void move(Table from, int index) {
        Bucket main = from.getBucketAcquire(index);
        Table to = from.getNextAcquire();
        if (to != null && main != null && main != Bucket.FORWARDED && Chain.count(main) > 0) {
            broken(from, to, index, main);
        }
    }

    abstract void broken(Table from, Table to, int index, Bucket main);

    private static void forward(Table from, int index, Bucket main) {
        from.setBucketRelease(index, Bucket.FORWARDED);
        main.retire();
        from.tally().addOverflowBuckets(-Chain.overflowCount(main));
        from.countMoved();
    }

    private static void copy(Bucket main, Table to, int most) {
        int left = most;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0 && left > 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object key = Chain.nonNull(bucket.getKeyAcquire(slot));
                Object value = Chain.nonNull(bucket.getValueAcquire(slot));
                ExclusiveOps.insert(to, to.hash(key.hashCode()), key, value);
                left--;
            }
        }
    }
}
