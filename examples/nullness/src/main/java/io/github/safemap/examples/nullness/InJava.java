package io.github.safemap.examples.nullness;

import io.github.safemap.KeySetView;
import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapBuilder;
import io.github.safemap.SafeMapStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The whole API of SafeMap under NullAway. The build runs NullAway on JDK 21 and newer, and its warnings are
 * errors.
 */
public final class InJava {
    private InJava() {}

    /** The usual code for a list for each key. It compiles as it does for {@link ConcurrentHashMap}. */
    static void addTo(SafeMap<String, List<Integer>> lists, ConcurrentHashMap<String, List<Integer>> others) {
        lists.computeIfAbsent("a", key -> new ArrayList<>()).add(1);
        others.computeIfAbsent("a", key -> new ArrayList<>()).add(1);
    }

    /** The same through the interface. */
    static int length(ConcurrentMap<String, String> map, Function<String, String> function) {
        return map.computeIfAbsent("a", function).length();
    }

    /** Values that may be null are checked before use. */
    static int singleKeys(SafeMap<String, String> map) {
        int sum = lengthOf(map.get("a"));
        sum += lengthOf(map.put("a", "one"));
        sum += lengthOf(map.putIfAbsent("a", "two"));
        sum += map.getOrDefault("b", "none").length();
        sum += map.computeIfAbsent("b", key -> key + key).length();
        sum += lengthOf(map.computeIfPresent("b", (key, old) -> old.length() > 2 ? old : null));
        sum += lengthOf(map.compute("c", (key, old) -> old == null ? key : null));
        sum += lengthOf(map.merge("a", "more", (old, more) -> old.equals(more) ? null : old + more));
        sum += lengthOf(map.replace("a", "three"));
        sum += map.replace("a", "three", "four") ? 1 : 0;
        sum += map.containsKey("a") ? 1 : 0;
        sum += map.remove("a", "four") ? 1 : 0;
        sum += map.remove("c", map.get("no such key")) ? 1 : 0;
        return sum + lengthOf(map.remove("b"));
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    static int wholeMap(SafeMap<String, Integer> map) {
        AtomicInteger sum = new AtomicInteger();
        map.forEach((key, value) -> sum.addAndGet(key.length() + value));
        map.replaceAll((key, value) -> value + 1);
        map.putAll(Map.of("x", 1));
        map.removeIf((key, value) -> key.equals("x") && value == 1);
        Map<String, Integer> copy = map.snapshot();
        SafeMap<String, Integer> other = new SafeMap<>(copy);
        sum.addAndGet(other.size() + (int) other.mappingCount());
        sum.addAndGet(other.isEmpty() || other.containsValue(-1) || !other.equals(copy) ? 1 : 0);
        sum.addAndGet(other.hashCode() == copy.hashCode() ? 0 : 1);
        sum.addAndGet(other.toString().isEmpty() ? 1 : 0);
        map.trim();
        map.clear();
        return sum.get();
    }

    static int bulk(SafeMap<String, Integer> map, long threshold) {
        AtomicInteger sum = new AtomicInteger();
        map.forEach(threshold, (key, value) -> sum.addAndGet(key.length() + value));
        map.<String>forEach(threshold, (key, value) -> value > 1 ? key : null, key -> sum.addAndGet(key.length()));
        map.forEachKey(threshold, key -> sum.addAndGet(key.length()));
        map.<String>forEachKey(threshold, key -> key.isEmpty() ? null : key.trim(), key -> sum.addAndGet(key.length()));
        map.forEachValue(threshold, sum::addAndGet);
        map.<String>forEachValue(
                threshold, value -> value > 1 ? "" + value : null, text -> sum.addAndGet(text.length()));
        sum.addAndGet(lengthOf(map.<String>search(threshold, (key, value) -> value == 2 ? key : null)));
        sum.addAndGet(lengthOf(map.<String>searchKeys(threshold, key -> key.length() == 1 ? key : null)));
        sum.addAndGet(lengthOf(map.<String>searchValues(threshold, value -> value == 2 ? "" + value : null)));
        sum.addAndGet(lengthOf(
                map.<String>reduce(threshold, (key, value) -> value == 2 ? key : null, (one, two) -> one + two)));
        sum.addAndGet(lengthOf(map.reduceKeys(threshold, (one, two) -> one.length() > two.length() ? one : two)));
        sum.addAndGet(lengthOf(
                map.<String>reduceKeys(threshold, key -> key.isEmpty() ? null : key, (one, two) -> one + two)));
        Integer total = map.reduceValues(threshold, Integer::sum);
        sum.addAndGet(total == null ? 0 : total);
        sum.addAndGet(lengthOf(map.<String>reduceValues(
                threshold, value -> value > 1 ? value.toString() : null, (one, two) -> one + two)));
        sum.addAndGet((int) map.reduceToDouble(threshold, (key, value) -> value, 0, Double::sum));
        sum.addAndGet((int) map.reduceKeysToDouble(threshold, String::length, 0, Double::sum));
        sum.addAndGet((int) map.reduceValuesToDouble(threshold, value -> value, 0, Double::sum));
        sum.addAndGet((int) map.reduceToLong(threshold, (key, value) -> value, 0, Long::sum));
        sum.addAndGet((int) map.reduceKeysToLong(threshold, String::length, 0, Long::sum));
        sum.addAndGet((int) map.reduceValuesToLong(threshold, value -> value, 0, Long::sum));
        sum.addAndGet(map.reduceToInt(threshold, (key, value) -> value, 0, Integer::sum));
        sum.addAndGet(map.reduceKeysToInt(threshold, String::length, 0, Integer::sum));
        return sum.addAndGet(map.reduceValuesToInt(threshold, value -> value, 0, Integer::sum));
    }

    static int views(SafeMap<String, Integer> map) {
        int sum = 0;
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            sum += entry.getKey().length() + entry.setValue(entry.getValue() + 1);
        }
        for (Integer value : map.values()) {
            sum += value;
        }
        KeySetView<String, Integer> names = map.keySet(0);
        names.add("z");
        names.addAll(List.of("y", "x"));
        Integer mapped = names.getMappedValue();
        sum += mapped == null ? 1 : mapped;
        Integer none = map.keySet().getMappedValue();
        sum += none == null ? 0 : 1;
        sum += names.getMap() == map && names.contains("z") && names.containsAll(Set.of("y")) ? 0 : 1;
        sum += names.remove("z") && names.removeIf(name -> name.equals("y")) && names.removeAll(Set.of("x")) ? 0 : 1;
        sum += names.retainAll(Set.of("a")) && names.iterator().next().length() == 1 ? 0 : 1;
        sum += (int) names.spliterator().estimateSize() - names.size();
        names.forEach(name -> lengthOf(name));
        KeySetView<String, Boolean> plain = SafeMap.newKeySet();
        plain.add("a");
        KeySetView<String, Boolean> roomy = SafeMap.newKeySet(100);
        roomy.addAll(plain);
        plain.clear();
        return sum + (plain.isEmpty() && roomy.toString().length() == 3 ? 0 : 1);
    }

    static SafeMap<String, String> settings() {
        SafeMapBuilder builder = SafeMap.builder();
        return builder.expectedSize(1_000)
                .shards(4)
                .shrinkThreshold(100)
                .growOnly()
                .build();
    }

    static double figures(SafeMapStats stats) {
        long counts = stats.entries() + stats.shards() + stats.directoryLength() + stats.slots() + stats.deadSlots();
        long rebuilds = stats.growths() + stats.cleanings() + stats.shrinks() + stats.splits() + stats.merges();
        long more = stats.tableBytes() + stats.longestWay() + stats.entriesMoved() + stats.longestRebuildNanos();
        return counts
                + rebuilds
                + more
                + stats.contendedClaims()
                + stats.load()
                + stats.toString().length();
    }

    /** Returns the figures of a map. */
    static double figuresOf(SafeMap<?, ?> map) {
        return figures(map.stats());
    }
}
