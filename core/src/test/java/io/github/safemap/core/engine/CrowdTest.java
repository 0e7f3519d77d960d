package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of one hash: when they go into a tree and back, and each write there that meets another one. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdTest {
    private static final int BOTH = Shards.INSERT + Shards.REPLACE;
    private static final int HASH_CODE = 42;

    private final ShardsFixture shard = new ShardsFixture(6, true, 0);
    private final Shards shards = shard.shards();

    // What the keys do when they are compared.
    private Runnable onCompare = () -> {};
    private IntUnaryOperator rank = IntUnaryOperator.identity();
    private boolean equalToAll;

    @AfterEach
    void checkInvariants() {
        onCompare = () -> {};
        ShardsInvariants.check(shards);
    }

    private final class Twin implements Comparable<Twin> {
        private final int id;
        private final int hashCode;

        private Twin(int id, int hashCode) {
            this.id = id;
            this.hashCode = hashCode;
        }

        @Override
        public int compareTo(Twin other) {
            onCompare.run();
            return Integer.compare(rank.applyAsInt(id), rank.applyAsInt(other.id));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Twin twin && (equalToAll || (twin.id == id && twin.hashCode == hashCode));
        }

        @Override
        public int hashCode() {
            return hashCode;
        }

        @Override
        public String toString() {
            return id + " of " + hashCode;
        }
    }

    /** A key that nothing can be compared with. */
    private record Loner(int id, int code) {
        @Override
        public int hashCode() {
            return code;
        }
    }

    private Twin twin(int id) {
        return new Twin(id, HASH_CODE);
    }

    private void fill(int from, int to) {
        for (int id = from; id < to; id++) {
            assertNull(shard.put(twin(id), id));
        }
    }

    private void empty(int from, int to) {
        for (int id = from; id < to; id++) {
            assertEquals(id, shard.remove(twin(id)));
        }
    }

    private void checkFilled(int from, int to) {
        for (int id = from; id < to; id++) {
            assertEquals(id, shard.get(twin(id)));
        }
        assertNull(shard.get(twin(from - 1)));
        assertNull(shard.get(twin(to)));
    }

    private Object compute(Object key, UnaryOperator<Object> function) {
        return shards.compute(key, key.hashCode(), function, BOTH);
    }

    private Object replaceIf(Object key, Object expected, Object value) {
        return shards.write(key, key.hashCode(), expected, value, Shards.REPLACE);
    }

    private Table table() {
        return shard.newestTable();
    }

    private int index() {
        return table().indexOf(table().hash(HASH_CODE));
    }

    private Bucket main() {
        return Chain.nonNull(table().getBucketAcquire(index()));
    }

    private KeyTree tree() {
        return KeyTree.of(main().getTreesAcquire(), table().hash(HASH_CODE));
    }

    private int inTree() {
        return main().hasTrees() ? tree().size() : 0;
    }

    /** Returns another hash code that leads to the same bucket. */
    private int neighbour() {
        int code = HASH_CODE + 1;
        while (table().indexOf(table().hash(code)) != index()) {
            code++;
        }
        return code;
    }

    /** Lets the next comparison do something. */
    private void once(Runnable action) {
        onCompare = () -> {
            onCompare = () -> {};
            action.run();
        };
    }

    @Test
    void manyGoIntoATreeAndFewComeBack() {
        fill(0, Crowd.MANY - 1);
        assertEquals(0, inTree());
        fill(Crowd.MANY - 1, Crowd.MANY);
        assertEquals(Crowd.MANY, inTree());
        assertEquals(0, Chain.count(main()));
        ShardsInvariants.check(shards);
        checkFilled(0, Crowd.MANY);
        empty(Crowd.FEW + 1, Crowd.MANY);
        assertEquals(Crowd.FEW + 1, inTree());
        empty(Crowd.FEW, Crowd.FEW + 1);
        assertEquals(0, inTree());
        assertEquals(Crowd.FEW, Chain.count(main()));
        checkFilled(0, Crowd.FEW);
        assertEquals(Crowd.FEW, shard.live());
    }

    @Test
    void inTheBooksATreeIsFourEntries() {
        fill(0, 40);
        assertEquals(4, Crowd.load(main()));
        assertEquals(4, Crowd.booked(main(), index()));
        assertEquals(4, table().tally().live());
        int neighbour = neighbour();
        for (int id = 0; id < 40; id++) {
            shard.put(new Twin(id, neighbour), id);
        }
        assertEquals(8, Crowd.load(main()));
        for (int id = 0; id < 8; id++) {
            shard.put(new Loner(id, HASH_CODE), id);
        }
        assertEquals(16, Crowd.booked(main(), index()));
        assertEquals(16, table().tally().live());
        assertEquals(0, Crowd.booked(null, index()));
    }

    @Test
    void whatCannotBeComparedStaysInSlots() {
        for (int id = 0; id < 80; id++) {
            shard.put(new Loner(id, HASH_CODE), id);
        }
        assertEquals(0, inTree());
        fill(0, 32); // from the slots 80 on
        assertEquals(32, inTree());
        assertEquals(80, Chain.count(main()));
        checkFilled(0, 32);
        for (int id = 0; id < 80; id++) {
            assertEquals(id, shard.get(new Loner(id, HASH_CODE)));
        }
        empty(0, 24);
        assertEquals(0, inTree());
        assertEquals(88, Chain.count(main()));
        checkFilled(24, 32);
    }

    @Test
    void keysOfAnotherHashStayOut() {
        fill(0, 1);
        int code = neighbour();
        while (table().indexOf(table().hash(code)) != index()
                || TopHash.of(table().hash(code)) != TopHash.of(table().hash(HASH_CODE))) {
            code++;
        }
        Twin stranger = new Twin(1_000, code);
        shard.put(stranger, "stranger");
        fill(1, 31);
        assertEquals(0, inTree());
        fill(31, 32);
        assertEquals(32, inTree());
        assertEquals(1, Chain.count(main()));
        assertEquals("stranger", shard.get(stranger));
        assertEquals("stranger", shard.remove(stranger));
    }

    @Test
    void ofTwoTreesInAChainEachComesAndGoes() {
        fill(0, 32);
        int neighbour = neighbour();
        for (int id = 0; id < 32; id++) {
            assertNull(shard.put(new Twin(id, neighbour), -id));
        }
        assertEquals(2, main().getTreesAcquire().length);
        checkFilled(0, 32);
        empty(4, 28);
        assertEquals(1, main().getTreesAcquire().length);
        assertEquals(8, Chain.count(main()));
        for (int id = 0; id < 32; id++) {
            assertEquals(-id, shard.get(new Twin(id, neighbour)));
        }
        assertNull(shard.put(new Loner(1, neighbour), "loner"));
        assertEquals("loner", shard.get(new Loner(1, neighbour)));
        assertEquals("twin", compute(twin(100), old -> "twin"));
        assertEquals("twin", shard.get(twin(100)));
        assertEquals(10, Chain.count(main()));
        assertEquals(
                32,
                KeyTree.of(main().getTreesAcquire(), table().hash(neighbour)).size());
    }

    /** As wide as what is there needs, and not so narrow that the next one to come replaces it. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void whatIsLeftInSlotsIsDense(int others) {
        for (int id = 0; id < others; id++) {
            shard.put(new Loner(id, HASH_CODE), id);
        }
        fill(0, 32);
        Bucket first = main().getOverflowAcquire();
        assertEquals(others < Bucket.FEW ? Bucket.FEW : Bucket.SLOTS, first.capacity());
        empty(0, 24);
        assertEquals(others + 8, Chain.count(main()));
        Bucket last = main().getOverflowAcquire();
        assertEquals(others < Bucket.FEW ? Bucket.FEW : Bucket.SLOTS, last.capacity());
        assertNull(last.getOverflowAcquire());
    }

    @Test
    void ifSortingFailsItIsTriedAgainWithTheEighthKeyMore() {
        fill(0, 31);
        onCompare = () -> {
            throw new AssertionError("compareTo");
        };
        fill(31, 32);
        onCompare = () -> {};
        assertEquals(0, inTree());
        fill(32, 39);
        assertEquals(0, inTree());
        once(() -> shard.put(new Loner(1, HASH_CODE), 1)); // the chain changes
        fill(39, 40);
        assertEquals(0, inTree());
        fill(40, 48);
        assertEquals(48, inTree());
        checkFilled(0, 48);
    }

    /** What fails is a slot that is full and has no value. */
    @Test
    void ifItFailsUnderTheClaimTheChainIsGivenBack() {
        shard.put(new Loner(1, HASH_CODE), "loner");
        fill(0, 31);
        Bucket slots = main();
        assertEquals("loner", slots.getValueAcquire(0));
        once(() -> slots.setValueRelease(1, null));
        fill(31, 32);
        slots.setValueRelease(1, 0);
        assertFalse(Bucket.isClaimed(main().getControlAcquire()));
        assertEquals(0, inTree());
        checkFilled(0, 32);

        fill(32, 40);
        assertEquals(40, inTree());
        Bucket rest = main().getOverflowAcquire();
        empty(9, 40);
        rest.setValueRelease(0, null);
        assertThrows(IllegalStateException.class, () -> shard.remove(twin(8)));
        rest.setValueRelease(0, "loner");
        assertFalse(Bucket.isClaimed(main().getControlAcquire()));
        assertEquals(8, inTree());
        fill(8, 9);
        empty(8, 9);
        assertEquals(0, inTree());
        checkFilled(0, 8);
    }

    @Test
    void manyThatCanBeSortedAreNeeded() {
        rank = id -> Math.max(id, 8);
        fill(0, 39);
        assertEquals(0, inTree());
        fill(39, 40);
        assertEquals(32, inTree());
        assertEquals(8, Chain.count(main()));
        for (int id = 0; id < 40; id++) {
            assertEquals(id, shard.get(twin(id)));
        }
        assertEquals(8, compute(twin(8), old -> old));
        assertEquals("tie", compute(new Twin(-1, HASH_CODE), old -> "tie"));
        assertEquals(9, Chain.count(main()));
        assertNull(shard.put(new Twin(-2, HASH_CODE), "tie"));
        assertEquals(10, Chain.count(main()));
    }

    /** The rest of the first ties are as many again: they have a tree already. */
    @Test
    void noHashHasTwoTrees() {
        rank = id -> id / 2;
        fill(0, 200);
        assertEquals(1, main().getTreesAcquire().length);
        for (int id = 0; id < 200; id++) {
            assertEquals(id, shard.get(twin(id)));
        }
    }

    @Test
    void whatIsComputedIsSortedAndComesBack() {
        Twin key = twin(0);
        assertEquals("new", compute(key, old -> {
            fill(1, 40);
            assertEquals(40, inTree());
            assertNull(shard.get(key));
            return "new";
        }));
        assertEquals("new", shard.get(key));
        assertEquals(40, shard.live());
        assertEquals("newer", compute(key, old -> {
            empty(1, 39);
            assertEquals(0, inTree());
            assertEquals("new", shard.get(key));
            return "newer";
        }));
        assertEquals("newer", shard.get(key));
        assertNull(compute(key, old -> {
            fill(1, 39);
            return null;
        }));
        checkFilled(1, 40);
        assertEquals(39, shard.live());
        empty(10, 40);
        assertEquals(9, inTree());
        assertNull(compute(twin(1), old -> null));
        assertEquals(0, inTree());
        checkFilled(2, 10);
    }

    @Test
    void whoNeedsAKeyOfATreeThatHeHoldsIsTold() {
        fill(0, 40);
        assertThrows(IllegalStateException.class, () -> compute(twin(3), old -> shard.put(twin(3), 3)));
        assertThrows(IllegalStateException.class, () -> compute(twin(3), old -> compute(twin(3), same -> same)));
        assertThrows(IllegalStateException.class, () -> compute(twin(50), old -> shard.put(twin(50), 3)));
        checkFilled(0, 40);
        assertEquals(40, shard.live());
    }

    /** Starts a thread, and returns it when it is parked, or has ended. */
    private static Thread started(Runnable action, Predicate<Thread> parked) {
        Thread thread = new Thread(action);
        thread.setDaemon(true);
        thread.start();
        while (thread.isAlive() && !parked.test(thread)) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void whoNeedsAKeyOfATreeThatAnotherHoldsFindsTheOutcome() throws InterruptedException {
        fill(0, 40);
        for (Object key : List.of(twin(3), twin(50))) {
            List<Thread> threads = new ArrayList<>();
            List<Object> answers = Collections.synchronizedList(new ArrayList<>());
            compute(key, old -> {
                threads.add(started(() -> answers.add(compute(key, value -> value + "!")), Waiting::isParked));
                return "held";
            });
            threads.remove(0).join();
            assertEquals(List.of("held!"), answers);
            compute(key, old -> {
                threads.add(started(() -> answers.add(shard.put(key, "put")), Waiting::isParked));
                return "again";
            });
            threads.remove(0).join();
            assertEquals(List.of("held!", "again"), answers);
            assertEquals("put", shard.get(key));
        }
        assertEquals(41, shard.live());
    }

    @Test
    void aSmallTreeWaitsForTheWriterOfItsChain() throws InterruptedException {
        fill(0, 40);
        KeyTree small = KeyTree.empty(Twin.class, tree().hash());
        for (int id = 0; id < 5; id++) {
            small = small.find(twin(id)).with(twin(id), new AtomicReference<>(id));
        }
        empty(5, 40);
        Bucket main = main();
        assertFalse(main.hasTrees());
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(small);
        Table table = table();
        table.replace(index(), main, chain);
        Bucket treed = main();
        int word = treed.getControlAcquire();
        assertTrue(treed.tryClaim(word));
        Thread thread = started(
                () -> Crowd.unsortIfDue(table, table.hash(HASH_CODE)),
                waiting -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertSame(treed, main());
        treed.giveBack(word);
        thread.join();
        assertEquals(0, inTree());
        checkFilled(0, 5);
    }

    /** Each write is as if the other one had come before it. */
    @Test
    void aWriteLooksAgainIfTheChainChangesWhileKeysAreCompared() {
        fill(0, 40);
        once(() -> shard.remove(twin(30)));
        assertEquals(3, shard.put(twin(3), "put"));
        once(() -> shard.put(twin(30), 30));
        assertEquals("put", shard.remove(twin(3)));
        once(() -> shard.remove(twin(30)));
        assertNull(shard.put(twin(3), 3));
        once(() -> shard.put(twin(30), 30));
        assertEquals(8, compute(twin(4), old -> (Integer) old + 4));
        once(() -> shard.remove(twin(4)));
        assertEquals("new", compute(twin(4), old -> old == null ? "new" : old));
        assertNull(compute(twin(4), old -> {
            once(() -> shard.put(twin(40), 40));
            return null;
        }));
        assertNull(shard.get(twin(4)));
        assertNull(shard.put(twin(4), 4));
        checkFilled(0, 41);
        assertEquals(41, shard.live());
    }

    /** Equals any text, and has the value that it is compared with replaced meanwhile. */
    private final class Changing {
        private final Object successor;

        private Changing(Object successor) {
            this.successor = successor;
        }

        @Override
        public boolean equals(Object other) {
            if (shard.get(twin(3)) == other) {
                shard.put(twin(3), successor);
            }
            return other instanceof String;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    @Test
    void aValueThatIsReplacedWhileItIsComparedIsComparedAgain() {
        fill(0, 40);
        shard.put(twin(3), "first");
        assertEquals(
                "second", replaceIf(twin(3), new Changing("second"), "third").toString());
        assertEquals("third", shard.get(twin(3)));
        assertNull(replaceIf(twin(3), new Changing(3), null));
        assertEquals(3, shard.get(twin(3)));
        assertEquals(40, shard.live());
    }

    @Test
    void whatIsThereIsLeftByWhoMayOnlyInsert() {
        fill(0, 40);
        assertEquals(3, shards.write(twin(3), HASH_CODE, null, "other", Shards.INSERT));
        assertEquals(3, shards.compute(twin(3), HASH_CODE, old -> "other", Shards.INSERT));
        checkFilled(0, 40);
    }

    /** Who came before the removal may still be in the older tree. */
    @Test
    void anOlderTreeHasTheSameValues() {
        fill(0, 40);
        KeyTree before = tree();
        empty(3, 4);
        shard.put(twin(4), "new");
        compute(twin(5), old -> null);
        compute(twin(6), old -> "computed");
        assertNotSame(before, tree());
        assertNull(before.get(twin(3)));
        assertEquals("new", before.get(twin(4)));
        assertNull(before.get(twin(5)));
        assertEquals("computed", before.get(twin(6)));
    }

    /** As a removal leaves it that has no memory for a smaller tree. */
    @Test
    void aCellWithoutAValueIsNoEntryAndIsFilledAgain() {
        fill(0, 40);
        for (boolean computed : new boolean[] {false, true}) {
            AtomicReference<Object> cell = tree().find(twin(3)).cell();
            cell.set(null);
            shards.counts().countRemoved();
            assertNull(shard.get(twin(3)));
            assertNull(shard.remove(twin(3)));
            assertNull(replaceIf(twin(3), null, "new"));
            assertNull(shards.compute(twin(3), HASH_CODE, old -> "new", Shards.REPLACE));
            assertEquals(39, shard.live());
            if (computed) {
                assertEquals(3, compute(twin(3), old -> old == null ? 3 : "not null"));
            } else {
                assertNull(shard.put(twin(3), 3));
            }
            assertSame(cell, tree().find(twin(3)).cell());
            assertEquals(40, shard.live());
            checkFilled(0, 40);
        }
        AtomicReference<Object> cell = tree().find(twin(3)).cell();
        cell.set(null);
        shards.counts().countRemoved();
        once(() -> shard.remove(twin(4)));
        assertNull(shard.put(twin(3), 3)); // although the chain has changed
        assertNull(shard.put(twin(4), 4));
        checkFilled(0, 40);
    }

    @Test
    void whatAKeySaysWhileItsComputationEndsDoesNotMatter() {
        fill(0, 40);
        assertNull(compute(twin(3), old -> {
            onCompare = () -> {
                throw new AssertionError("compareTo");
            };
            return null;
        }));
        onCompare = () -> {};
        assertEquals(39, inTree());
        assertNull(shard.get(twin(3)));
        fill(3, 4);
        assertNull(compute(twin(3), old -> {
            rank = id -> 0;
            equalToAll = true;
            return null;
        }));
        rank = IntUnaryOperator.identity();
        equalToAll = false;
        assertEquals(39, inTree());
        assertNull(shard.get(twin(3)));
        fill(3, 4);
        checkFilled(0, 40);
    }

    @Test
    void aReservationThatIsNotInTheChainIsNotEndedThere() {
        fill(0, 1);
        Table table = table();
        Reservation reservation = new Reservation(twin(3), table.hash(HASH_CODE), null);
        Bucket slots = main();
        assertFalse(Crowd.settle(shards, table, index(), slots, slots.getControlAcquire(), reservation, "value"));
        fill(1, 40);
        Bucket main = main();
        int word = main.getControlAcquire();
        assertFalse(Crowd.settle(shards, table, index(), main, word, reservation, "value"), "it has no cell");
        reservation.standIn(tree().find(twin(3)).cell());
        for (Object value : new Object[] {"value", null}) {
            assertFalse(Crowd.settle(shards, table, index(), main, word, reservation, value));
            assertEquals(word, main.getControlAcquire());
            assertFalse(Crowd.settle(shards, table, index(), main, word - 16, reservation, value), "it has changed");
        }
        checkFilled(0, 40);
    }

    /** A tree that has become small while its bucket moved: the removal began in the old table. */
    @Test
    void aSmallTreeIsFoundInTheNextTable() {
        fill(0, 1);
        empty(0, 1);
        Table from = table();
        long hash = from.hash(HASH_CODE);
        Crowd.unsortIfDue(from, hash); // there is none, and no bucket
        KeyTree small = KeyTree.empty(Twin.class, hash);
        for (int id = 0; id < 5; id++) {
            small = small.find(twin(id)).with(twin(id), new AtomicReference<>(id));
            shards.counts().countInserted();
        }
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(small);
        from.setBucketRelease(index(), chain.head());
        from.book(Crowd.booked(chain.head(), index()), chain.overflow(), 0);
        int index = index();
        assertTrue(Growth.startNow(from, 7));
        assertTrue(Evacuation.evacuate(from, from.nextOfForwarded(), index, true));
        assertEquals(5, inTree());
        Crowd.unsortIfDue(from, hash);
        assertEquals(0, inTree());
        assertEquals(5, Chain.count(main()));
        Crowd.unsortIfDue(from, hash);
        checkFilled(0, 5);
        shard.settle();
    }
}
