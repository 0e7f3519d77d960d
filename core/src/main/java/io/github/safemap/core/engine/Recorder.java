package io.github.safemap.core.engine;

/** Whether this JVM has Flight Recorder. Its module is optional, as an image by jlink may lack it. */
final class Recorder {
    static final boolean IS_THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Recorder() {}
}
