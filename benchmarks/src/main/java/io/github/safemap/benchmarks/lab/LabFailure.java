package io.github.safemap.benchmarks.lab;

/** Thrown when an experiment cannot be run to its end; the message is for the user. */
final class LabFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LabFailure(String message) {
        super(message);
    }
}
