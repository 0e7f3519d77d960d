package io.github.safemap.benchmarks.throughput;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Churn in which each operation first asks how full the map is. */
@Label("T16")
public class ChurnAskingSize extends HalfFilled {
    /** What is asked. */
    @Param({"SIZE", "IS_EMPTY"})
    public Question question;

    /** Refuses maps without these methods. */
    @Setup
    public void require() {
        subject.requireMap();
    }

    /** One question, then one {@code put} or one {@code remove}. */
    @Benchmark
    public @Nullable Object askAndChange(Walk walk, Blackhole hole) {
        switch (question) {
            case SIZE -> hole.consume(map.size());
            case IS_EMPTY -> hole.consume(map.isEmpty());
        }
        return change(walk);
    }

    /** The questions. */
    public enum Question {
        /** {@code size()}. */
        SIZE,
        /** {@code isEmpty()}. */
        IS_EMPTY
    }
}
