package io.github.safemap.benchmarks.peers;

import java.util.Optional;

/** Asks whether a class can be used here. */
final class Lookup {
    private Lookup() {}

    /**
     * Returns why {@code className} cannot be used; nothing if it can.
     *
     * @param label the map's name, for the message
     * @param artifact the Maven coordinates of its jar, for the message
     */
    static Optional<String> missing(String className, String label, String artifact) {
        try {
            Class.forName(className);
            return Optional.empty();
        } catch (UnsupportedClassVersionError e) {
            return Optional.of(
                    label + " needs a newer JDK than " + Runtime.version().feature());
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of(label + " is not on the class path: " + artifact + " (-Dbench.peers=DIRECTORY)");
        }
    }
}
