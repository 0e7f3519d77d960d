package io.github.safemap.benchmarks.soak;

/** The map did something that it must not. */
final class SoakFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    SoakFailure(String message) {
        super(message);
    }
}
