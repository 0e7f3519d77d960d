package io.github.safemap.stress;

/**
 * A key whose {@code hashCode} is that of all others, and whose {@code equals} takes its time: so a
 * reader is long between a slot's key and its value.
 */
final class SlowKey {
    private static final int SPINS = 40;

    private final int number;

    SlowKey(int number) {
        this.number = number;
    }

    @Override
    public boolean equals(Object other) {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
        }
        return other instanceof SlowKey key && key.number == number;
    }

    @Override
    public int hashCode() {
        return 42;
    }

    @Override
    public String toString() {
        return "key " + number;
    }
}
