package io.github.safemap.core.engine;

/** A key whose {@code hashCode} can be set to do something once. */
final class Acting {
    private static final Runnable NOTHING = () -> {};

    private final int hashCode;
    private Runnable action = NOTHING;

    Acting(int hashCode) {
        this.hashCode = hashCode;
    }

    /** Sets what the next call of {@code hashCode} does. */
    void arm(Runnable due) {
        action = due;
    }

    boolean isArmed() {
        return action != NOTHING;
    }

    @Override
    public int hashCode() {
        Runnable due = action;
        action = NOTHING;
        due.run();
        return hashCode;
    }
}
