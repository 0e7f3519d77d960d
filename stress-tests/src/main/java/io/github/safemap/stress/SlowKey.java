package io.github.safemap.stress;

/**
 * A key with the same {@code hashCode} as all others and a slow {@code equals}. So a reader spends a long time
 * between a slot's key and its value.
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
