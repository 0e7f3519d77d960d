package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;

/**
 * An iteration of a map that goes on while the map changes. It returns no key twice. It returns only keys that
 * were there when it looked, with the value of that moment. At its end it has returned each key that was there
 * all the time.
 */
final class OpenIteration {
    private final Map<Key, Integer> map;
    private final Map<Key, Integer> model;
    private final boolean entries;
    private final Set<Key> seen = History.newSet();
    private final Set<Key> thereThroughout;

    /** One of the two is null. */
    private final Iterator<?> iterator;

    private final Spliterator<?> spliterator;

    /** The model's values, at the moment when the iterator looked ahead, of the keys that have changed since. */
    private final Map<Key, Integer> whenItLooked = History.newMap();

    private boolean lookedAhead;
    private Key removable;

    OpenIteration(Map<Key, Integer> map, Map<Key, Integer> model, boolean entries, boolean splits) {
        this.map = map;
        this.model = model;
        this.entries = entries;
        Set<?> view = entries ? map.entrySet() : map.keySet();
        iterator = splits ? null : view.iterator();
        spliterator = splits ? view.spliterator() : null;
        if (splits) {
            spliterator.estimateSize(); // some iterators begin with the first call
        }
        thereThroughout = History.newSet();
        thereThroughout.addAll(model.keySet());
    }

    /** Tells the iteration about a change of the model. */
    void changed(Key key, Integer before, Integer after) {
        if (lookedAhead) {
            whenItLooked.putIfAbsent(key, before == null ? ABSENT : before);
        }
        if (after == null) {
            thereThroughout.remove(key);
        }
    }

    private static final Integer ABSENT = Integer.MIN_VALUE;

    /**
     * Takes a step of the iterator.
     *
     * @param removed gets a key that the iterator removed from the map
     * @return whether the iteration goes on
     */
    boolean step(Choices choices, Consumer<Key> removed) {
        int what = choices.below(16);
        if (spliterator != null) {
            return what == 0 ? split() : next();
        }
        if (what < 3) {
            return look();
        }
        if (what < 5 && removable != null) {
            Key key = removable;
            removable = null;
            iterator.remove();
            assertFalse(map.containsKey(key), "removed by an iterator, but there");
            removed.accept(key);
            assertThrows(IllegalStateException.class, iterator::remove);
            return true;
        }
        return next();
    }

    /** Finishes the iteration. */
    void finish() {
        while (next()) {
            // until it has ended
        }
    }

    private boolean look() {
        if (iterator.hasNext()) {
            lookedAhead = true;
            return true;
        }
        return ended();
    }

    private boolean next() {
        if (spliterator != null) {
            return spliterator.tryAdvance(this::see) || ended();
        }
        if (!iterator.hasNext()) {
            assertThrows(NoSuchElementException.class, iterator::next);
            return ended();
        }
        see(iterator.next());
        return true;
    }

    /** A split takes entries of this moment, so they are checked now. */
    private boolean split() {
        Spliterator<?> prefix = spliterator.trySplit();
        if (prefix != null) {
            prefix.forEachRemaining(this::see);
        }
        return true;
    }

    private void see(Object element) {
        Key key = (Key) (entries ? ((Map.Entry<?, ?>) element).getKey() : element);
        assertTrue(seen.add(key), () -> "iterated twice: " + key);
        Integer expected = whenItLooked.getOrDefault(key, model.get(key));
        assertNotNull(expected, () -> "iterated, but not there: " + key);
        assertFalse(expected.equals(ABSENT), () -> "iterated, but was not there: " + key);
        if (entries) {
            assertEquals(expected, ((Map.Entry<?, ?>) element).getValue(), () -> "value of " + key);
        }
        lookedAhead = false;
        whenItLooked.clear();
        removable = key;
    }

    private boolean ended() {
        thereThroughout.removeAll(seen);
        assertTrue(thereThroughout.isEmpty(), () -> "never iterated: " + thereThroughout);
        return false;
    }
}
