package io.github.safemap.benchmarks.lab;

/**
 * The value of experiment L4's second half.
 *
 * @param id a number
 * @param name a name
 */
record Person(int id, String name) {
    /** Returns a person who shares no object with any other. */
    static Person withOwnName(int id) {
        return new Person(id, "Person " + id);
    }
}
