package io.github.safemap.core.engine;

/** A comparable key. All have one hash code, so that many of them go into a tree. */
public record Twin(int id) implements Comparable<Twin> {
    @Override
    public int compareTo(Twin other) {
        return Integer.compare(id, other.id);
    }

    @Override
    public int hashCode() {
        return 42;
    }
}
