/** Go's classic hash map, and the concurrent engine behind SafeMap. */
module io.github.safemap.core {
    requires static jdk.jfr;
    requires static transitive org.jspecify;

    exports io.github.safemap.core;
    exports io.github.safemap.core.engine to
            io.github.safemap;
}
