package consumer;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;

/** Fills a map, empties it, and prints where the classes came from. Exits with 1 if something is wrong. */
public final class Main {
    private static final int ENTRIES = 100_000;

    private Main() {}

    public static void main(String[] args) {
        SafeMap<String, Integer> map = new SafeMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            map.merge("key " + i, 1, Integer::sum);
        }
        long full = map.stats().tableBytes();
        map.removeIf((key, value) -> !key.equals("key 7"));
        SafeMapStats stats = map.stats();
        Module module = SafeMap.class.getModule();
        System.out.printf(
                "%s in %s, from %s, on Java %s; tables of %d bytes, then %d%n",
                map,
                module,
                module.getLayer()
                        .configuration()
                        .findModule(module.getName())
                        .orElseThrow()
                        .reference()
                        .location()
                        .orElseThrow(),
                Runtime.version(),
                full,
                stats.tableBytes());
        if (stats.entries() != 1 || stats.tableBytes() > full / 20 || !Main.class.getModule().isNamed()) {
            System.exit(1);
        }
    }
}
