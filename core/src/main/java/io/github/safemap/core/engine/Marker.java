package io.github.safemap.core.engine;

/**
 * An object that can be in a slot in the place of a key: a {@link Reservation} while a function computes the
 * key's value, or a {@link CollisionTree} for many keys of one hash code. A rebuild copies it like a key,
 * without user code.
 */
sealed interface Marker permits Reservation, CollisionTree {
    /** Returns the {@code hashCode} of the key or keys that this replaces. */
    int keyHashCode();

    /** Returns whether the object in a slot is a marker. Costs only two comparisons of its class. */
    static boolean is(Object holder) {
        Class<?> type = holder.getClass();
        return type == Reservation.class || type == CollisionTree.class;
    }

    /** Returns the {@code hashCode} of the object in a slot. For a key this calls user code. */
    static int hashCodeOf(Object holder) {
        return is(holder) ? ((Marker) holder).keyHashCode() : holder.hashCode();
    }
}
