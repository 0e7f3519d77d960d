package io.github.safemap.core.engine;

/**
 * What can stand in a slot in the place of a key: a {@link Reservation} while a function computes the
 * key's value, or a {@link CollisionTree} for many keys of one hash code. It is copied like a key when its shard
 * is rebuilt, and no code of the user's need run for it.
 */
sealed interface Marker permits Reservation, CollisionTree {
    /** Returns the {@code hashCode} of the key or keys that this stands for. */
    int keyHashCode();

    /** Returns whether what stands in a slot is a marker: two comparisons of its class, no more. */
    static boolean is(Object holder) {
        Class<?> type = holder.getClass();
        return type == Reservation.class || type == CollisionTree.class;
    }

    /** Returns the {@code hashCode} of what stands in a slot. Calls the user's, for a key. */
    static int hashCodeOf(Object holder) {
        return is(holder) ? ((Marker) holder).keyHashCode() : holder.hashCode();
    }
}
