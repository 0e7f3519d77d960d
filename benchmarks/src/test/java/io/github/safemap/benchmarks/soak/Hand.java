package io.github.safemap.benchmarks.soak;

import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One worker's hand on the map: each operation is timed, and its answer compared with the book. */
final class Hand {
    private final SoakMap map;
    private final Book book;
    private final Timings timings;
    private final String who;
    private final BitSet seen;

    Hand(SoakMap map, Book book, Timings timings, String who, int allKeys) {
        this.map = map;
        this.book = book;
        this.timings = timings;
        this.who = who;
        seen = new BitSet(Book.COUNTERS + allKeys);
    }

    /** Looks for a key of one's own. */
    void get(int index) {
        Long key = book.key(index);
        long start = timings.start();
        Item item = map.get(key);
        timings.end(Kind.GET, start);
        check("get", index, item);
    }

    /** Looks for anybody's key, twice: the second answer is not older. */
    void getOfAnybody(long anybodys) {
        Long key = anybodys;
        long start = timings.start();
        Item first = map.get(key);
        timings.end(Kind.GET, start);
        Item second = map.get(key);
        belongs("get", key, first);
        belongs("get", key, second);
        if (first != null && second != null && second.stamp() - first.stamp() < 0) {
            throw fault("get", key, second, "it had been " + first + " before");
        }
        timings.skip();
    }

    void put(int index) {
        Long key = book.key(index);
        Item item = book.fresh(index);
        long start = timings.start();
        Item old = map.put(key, item);
        timings.end(Kind.PUT, start);
        check("put", index, old);
        book.put(index, item);
    }

    void remove(int index) {
        Long key = book.key(index);
        long start = timings.start();
        Item old = map.remove(key);
        timings.end(Kind.REMOVE, start);
        check("remove", index, old);
        book.remove(index);
    }

    /** Replaces a value by a function, inserts one if there is none, or removes it if {@code remove}. */
    void compute(int index, boolean remove) {
        Long key = book.key(index);
        Item next = remove ? null : book.fresh(index);
        Item[] old = new Item[1];
        int[] calls = new int[1];
        long start = timings.start();
        Item now = map.compute(key, (k, item) -> {
            old[0] = item;
            calls[0]++;
            return next;
        });
        timings.end(Kind.COMPUTE, start);
        if (calls[0] != 1) {
            throw fault("compute", key, now, "the function was called " + calls[0] + " times");
        }
        check("the function of compute", index, old[0]);
        if (now != next) {
            throw fault("compute", key, now, "the function had returned " + next);
        }
        if (next == null) {
            book.remove(index);
        } else {
            book.put(index, next);
        }
    }

    void computeIfAbsent(int index) {
        Long key = book.key(index);
        Item fresh = book.fresh(index);
        long start = timings.start();
        Item now = map.computeIfAbsent(key, k -> fresh);
        timings.end(Kind.COMPUTE, start);
        if (!book.has(index)) {
            book.put(index, fresh);
        }
        check("computeIfAbsent", index, now);
    }

    /** Adds one to a counter that all workers share. */
    void count(int counter) {
        Long key = counterKey(counter);
        long start = timings.start();
        Item now = map.merge(key, new Item(key, 1), (a, b) -> new Item(a.key(), a.stamp() + b.stamp()));
        timings.end(Kind.MERGE, start);
        book.count(counter);
        if (now == null || now.stamp() < book.counted(counter)) {
            throw fault("merge", key, now, "this worker alone has added " + book.counted(counter));
        }
    }

    static long counterKey(int counter) {
        return -1 - counter;
    }

    /**
     * Iterates over the map: each key of one's own comes once, as it is, and no key twice. Removes one entry in a
     * hundred on the way.
     */
    void iterate(BooleanSupplier isOver) {
        seen.clear();
        Iterator<Map.Entry<Long, Item>> entries = map.iterator();
        int before = book.present();
        int own = 0;
        int left = 0;
        while (true) {
            long start = timings.start();
            Map.Entry<Long, Item> entry = entries.hasNext() ? entries.next() : null;
            timings.end(Kind.NEXT, start);
            if (entry == null) {
                break;
            }
            if (meet("an iterator", entry)) {
                own++;
                if (own % 100 == 0) {
                    start = timings.start();
                    entries.remove();
                    timings.end(Kind.REMOVE, start);
                    book.remove(book.index(entry.getKey()));
                    left++;
                }
            }
            if (isOver.getAsBoolean()) {
                return;
            }
        }
        allMet("an iterator", own, before, left);
    }

    /** Makes a copy, and looks at all that is in it. */
    void snapshot() {
        seen.clear();
        long start = timings.start();
        Map<Long, Item> copy = map.snapshot();
        timings.end(Kind.SNAPSHOT, start);
        int own = 0;
        for (Map.Entry<Long, Item> entry : copy.entrySet()) {
            own += meet("a snapshot", entry) ? 1 : 0;
        }
        allMet("a snapshot", own, book.present(), 0);
        timings.skip();
    }

    /** Removes those of one's own that have a stamp divisible by three. */
    void removeThird() {
        int[] tested = new int[1];
        long start = timings.start();
        map.removeIf((key, item) -> {
            if (!book.owns(key)) {
                return false;
            }
            tested[0]++;
            return item.stamp() % 3 == 0;
        });
        timings.end(Kind.REMOVE_IF, start);
        if (tested[0] < book.present()) {
            throw new SoakFailure(who + timings.phase() + ": removeIf tested " + tested[0] + " of the " + book.present()
                    + " entries that are there all the time");
        }
        book.removeThird();
    }

    void clear() {
        long start = timings.start();
        map.clear();
        timings.end(Kind.CLEAR, start);
    }

    /**
     * Looks for a key while another worker clears.
     *
     * @param gone whether some key has been missing already, so that this must be, too
     * @return whether it is missing
     */
    boolean getWhileCleared(int index, boolean gone) {
        Long key = book.key(index);
        long start = timings.start();
        Item item = map.get(key);
        timings.end(Kind.GET, start);
        if (item == null) {
            return true;
        }
        if (gone) {
            throw fault("get", key, item, "clear had removed another key before");
        }
        check("get", index, item);
        return false;
    }

    /** Returns whether the entry is one's own, having looked whether it is right and new. */
    private boolean meet(String what, Map.Entry<Long, Item> entry) {
        Long key = entry.getKey();
        Item item = entry.getValue();
        belongs(what, key, item);
        int place = (int) (Book.COUNTERS + key);
        if (seen.get(place)) {
            throw fault(what, key, item, "it returned this key before: an entry is doubled");
        }
        seen.set(place);
        if (!book.owns(key)) {
            return false;
        }
        check(what, book.index(key), item);
        return true;
    }

    private void allMet(String what, int met, int present, int removed) {
        if (met == present) {
            return;
        }
        for (int index = 0; index < book.capacity(); index++) {
            if (book.has(index) && !seen.get((int) (Book.COUNTERS + book.key(index)))) {
                throw fault(what, book.key(index), null, book.expected(index) + ": an entry is lost");
            }
        }
        throw new SoakFailure(who + timings.phase() + ": " + what + " returned " + met + " of " + present + " entries, "
                + removed + " of them removed on the way");
    }

    private void check(String what, int index, @Nullable Item item) {
        if (!book.agrees(index, item)) {
            throw fault(what, book.key(index), item, book.expected(index));
        }
    }

    private void belongs(String what, long key, @Nullable Item item) {
        if (item != null && item.key() != key) {
            throw fault(what, key, item, "that is another key's value");
        }
    }

    private SoakFailure fault(String what, long key, @Nullable Item item, String but) {
        return new SoakFailure(who + timings.phase() + ", key " + key + ": " + what + " gave " + item + ", but " + but);
    }
}
