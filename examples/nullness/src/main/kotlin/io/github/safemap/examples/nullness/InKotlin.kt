package io.github.safemap.examples.nullness

import io.github.safemap.KeySetView
import io.github.safemap.SafeMap
import io.github.safemap.SafeMapBuilder
import io.github.safemap.SafeMapStats
import java.util.concurrent.ConcurrentMap

/** The whole API of SafeMap, as Kotlin sees it. Warnings are errors here, so an unnecessary `?.` or `!!` fails. */
fun main() {
    val words = SafeMap<String, MutableList<Int>>()
    "to be or not to be".split(' ').forEachIndexed { at, word -> words.computeIfAbsent(word) { ArrayList() }.add(at) }
    println(words.toSortedMap())
    println(singleKeys(SafeMap()))
    println(wholeMap(SafeMap(mapOf("a" to 1, "b" to 2))))
    println(bulk(SafeMap(mapOf("a" to 1, "b" to 2)), 1))
    println(views(SafeMap(mapOf("a" to 1, "b" to 2, "c" to 3))))
    println(settings().size)
    println(figures(settings().stats()) > 0)
}

/** Exactly the types that may be null have a question mark. */
fun singleKeys(map: SafeMap<String, Int>): List<Any?> {
    val none: Int? = map.get("a")
    val before: Int? = map.put("a", 1)
    val there: Int? = map.putIfAbsent("a", 2)
    val always: Int = map.getOrDefault("b", 7)
    val made: Int = map.computeIfAbsent("b") { key -> key.length }
    val kept: Int? = map.computeIfPresent("b") { _, old -> old + 1 }
    val gone: Int? = map.computeIfPresent("b") { _, _ -> null }
    val first: Int? = map.compute("c") { _, old -> if (old == null) 1 else old + 1 }
    val nothing: Int? = map.compute("c") { _, _ -> null }
    val merged: Int? = map.merge("a", 10, Int::plus)
    val unmerged: Int? = map.merge("a", 10) { _, _ -> null }
    val replaced: Int? = map.replace("a", 5)
    map["a"] = 1
    val swapped: Boolean = map.replace("a", 1, 2)
    val had: Boolean = "a" in map
    val removed: Boolean = map.remove("a", 2)
    val old: Int? = map.remove("a")
    return listOf(
        none, before, there, always, made, kept, gone, first, nothing, merged, unmerged, replaced, swapped, had,
        removed, old, map.get("a")?.plus(1), map["a"] ?: 0,
    )
}

/** A function must not return null where ConcurrentHashMap's must not. */
fun counted(map: ConcurrentMap<String, Int>, key: String): Int = map.computeIfAbsent(key) { it.length } + 1

fun wholeMap(map: SafeMap<String, Int>): List<Any> {
    var sum = 0
    map.forEach { _: String, value: Int -> sum += value }
    map.replaceAll { key, value -> value + key.length }
    map.putAll(mapOf("x" to 1))
    val removed = map.removeIf { key, value -> key == "x" && value == 1 }
    val copy: Map<String, Int> = map.snapshot()
    val all = listOf(
        sum, removed, copy["a"] ?: 0, map.size, map.mappingCount(), map.isEmpty(), map.containsValue(2),
        map.containsKey("a"), map == copy, map.hashCode() == copy.hashCode(), map.toString().length,
    )
    map.trim()
    map.clear()
    return all
}

fun bulk(map: SafeMap<String, Int>, threshold: Long): List<Any?> {
    var calls = 0
    map.forEach(threshold) { _, _ -> calls++ }
    map.forEach(Long.MAX_VALUE, { key, value -> if (value > 1) key else null }, { key: String -> calls += key.length })
    map.forEachKey(Long.MAX_VALUE) { key -> calls += key.length }
    map.forEachKey(Long.MAX_VALUE, { key -> key.toIntOrNull() }, { number: Int -> calls += number })
    map.forEachValue(Long.MAX_VALUE) { value -> calls += value }
    map.forEachValue(Long.MAX_VALUE, { value -> if (value > 1) value else null }, { value: Int -> calls += value })
    val found: String? = map.search<String>(threshold) { key, value -> if (value == 2) key else null }
    val key: Int? = map.searchKeys<Int>(threshold) { if (it == "a") it.length else null }
    val value: Int? = map.searchValues<Int>(threshold) { if (it > 5) it else null }
    val pairs: Int? = map.reduce<Int>(threshold, { k, v -> if (k == "a") v else null }, { a, b -> a + b })
    val keys: String? = map.reduceKeys(threshold) { a, b -> if (a < b) a else b }
    val lengths: Int? = map.reduceKeys<Int>(threshold, { it.length }, { a, b -> a + b })
    val values: Int? = map.reduceValues(threshold) { a, b -> a + b }
    val squares: Int? = map.reduceValues<Int>(threshold, { it * it }, { a, b -> a + b })
    val d: Double = map.reduceToDouble(threshold, { _, v -> v.toDouble() }, 0.0, Double::plus) +
        map.reduceKeysToDouble(threshold, { it.length.toDouble() }, 0.0, Double::plus) +
        map.reduceValuesToDouble(threshold, { it.toDouble() }, 0.0, Double::plus)
    val l: Long = map.reduceToLong(threshold, { _, v -> v.toLong() }, 0L, Long::plus) +
        map.reduceKeysToLong(threshold, { it.length.toLong() }, 0L, Long::plus) +
        map.reduceValuesToLong(threshold, { it.toLong() }, 0L, Long::plus)
    val i: Int = map.reduceToInt(threshold, { _, v -> v }, 0, Int::plus) +
        map.reduceKeysToInt(threshold, { it.length }, 0, Int::plus) +
        map.reduceValuesToInt(threshold, { it }, 0, Int::plus)
    return listOf(calls > 0, found, key, value, pairs, keys, lengths, values, squares, d, l, i)
}

fun views(map: SafeMap<String, Int>): List<Any?> {
    for ((key, value) in map) {
        require(key.length + value > 1)
    }
    val entry: MutableMap.MutableEntry<String, Int> = map.entries.first { it.key == "a" }
    val was: Int = entry.setValue(5)
    val sum: Int = map.values.sum()
    val names: KeySetView<String, Int> = map.keySet(0)
    val added = names.add("z") or names.addAll(listOf("y"))
    val default: Int? = names.mappedValue
    val none: Int? = map.keys.mappedValue
    val same: SafeMap<String, Int> = names.map
    val plain: KeySetView<String, Boolean> = SafeMap.newKeySet()
    val roomy: KeySetView<String, Boolean> = SafeMap.newKeySet(100)
    plain.add("a")
    roomy.addAll(plain)
    val asked = listOf(
        names.contains("z"), names.containsAll(listOf("y")), names.size, names.isEmpty(),
        names.remove("z"), names.removeIf { it == "y" }, names.removeAll(setOf("c")), names.retainAll(setOf("a")),
        names.iterator().next(), names.spliterator().estimateSize() >= 0, names.stream().count(),
    )
    names.forEach { name: String -> require(name.isNotEmpty()) }
    plain.clear()
    return asked + listOf(was, sum, added, default, none, same === map, plain == roomy, plain.toString())
}

fun settings(): SafeMap<String, String> {
    val builder: SafeMapBuilder = SafeMap.builder()
    return builder.expectedSize(1_000).shards(4).shrinkThreshold(100).growOnly().build()
}

fun figures(stats: SafeMapStats): Double =
    stats.entries() + stats.shards() + stats.directoryLength() + stats.slots() + stats.deadSlots() +
        stats.tableBytes() + stats.load() + stats.longestWay() + stats.growths() + stats.cleanings() +
        stats.shrinks() + stats.splits() + stats.merges() + stats.entriesMoved() + stats.longestRebuildNanos() +
        stats.contendedClaims() + stats.toString().length
