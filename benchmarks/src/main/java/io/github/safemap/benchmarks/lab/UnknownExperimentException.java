package io.github.safemap.benchmarks.lab;

/** Thrown when somebody asks for an experiment that there is not. */
final class UnknownExperimentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownExperimentException(String name) {
        super("There is no experiment \"" + name + "\".");
    }
}
