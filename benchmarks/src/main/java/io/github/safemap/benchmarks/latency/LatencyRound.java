package io.github.safemap.benchmarks.latency;

/** The program of the forks that {@link Latency} starts. */
final class LatencyRound {
    private LatencyRound() {}

    /** Measures one round. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        settings.workload().round().run(settings, new Results(settings.files()));
    }
}
