package io.github.safemap;

import java.util.function.Consumer;

/** A key that behaves well until the test tells it otherwise. */
final class MoodyKey {
    private final int id;
    private final int hash;
    private volatile Runnable onHashCode = () -> {};
    private volatile Consumer<Object> onEquals = other -> {};

    MoodyKey(int id, int hash) {
        this.id = id;
        this.hash = hash;
    }

    /** Returns the hash code, whatever the mood. */
    int hash() {
        return hash;
    }

    /** From now on {@code hashCode} runs this first. */
    void onHashCode(Runnable step) {
        onHashCode = step;
    }

    /** From now on {@code equals} runs this first, with the other object. */
    void onEquals(Consumer<Object> step) {
        onEquals = step;
    }

    /** Behaves well again. */
    void calm() {
        onHashCode = () -> {};
        onEquals = other -> {};
    }

    @Override
    public int hashCode() {
        onHashCode.run();
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        onEquals.accept(other);
        return other instanceof MoodyKey key && key.id == id;
    }

    @Override
    public String toString() {
        return "moody " + id;
    }
}
