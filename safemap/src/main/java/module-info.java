/** A thread-safe map that gives its memory back after mass deletes. */
module io.github.safemap {
    requires io.github.safemap.core;
    requires static transitive org.jspecify;

    exports io.github.safemap;
}
