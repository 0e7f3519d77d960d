/**
 * The concurrent engine: a directory of small shards. Not an API: it is public because {@code
 * io.github.safemap} is built on it, and may change in any release.
 *
 * <h2>Terms</h2>
 *
 * <ul>
 *   <li><b>Slot:</b> the place of one key and its value. <b>Bucket:</b> eight slots. <b>Tophash:</b> one byte a
 *       slot, which says whether it is empty, full or dead, and has seven bits of the key's hash; the eight of
 *       a bucket are one {@code long}, compared in one step.
 *   <li><b>Shard:</b> a small hash table, 1 to 128 buckets, of all keys whose hash ends in the same bits. How
 *       many bits is its <b>depth</b>.
 *   <li><b>Directory:</b> an array of <b>places</b>, a power of two, in each a shard. The low bits of a hash
 *       choose the place. A shard of depth <i>d</i> stands in every place whose index ends in its bits.
 *   <li><b>Claim:</b> the right of one writer to change a shard. <b>Retired:</b> said of a shard that has been
 *       replaced; it never changes again.
 *   <li><b>Rebuild:</b> to copy what lives in one shard, or two, into fresh ones and put those in its place.
 *   <li><b>Reservation:</b> stands in a slot for a key while a function computes its value. <b>CollisionTree:</b>
 *       stands in a slot for many keys of one hash code.
 * </ul>
 *
 * <h2>A slot's life</h2>
 *
 * <p>A slot is used once: empty, full, dead, until its shard is rebuilt. An insertion takes the first empty
 * slot on the key's way: its bucket, then others by steps that grow by one. It stores the value, the key, the
 * tophash, and counts the slot as used. A replacement stores the value. A removal makes the tophash dead,
 * then value and key null. Each is a release store.
 *
 * <h2>Reading</h2>
 *
 * <p>Directory, shard, tophash word; where a byte matches the key; if that is equal the value. All are acquire
 * loads, along the way in the order in which it is filled. The way ends at a bucket that is not used up. Nothing
 * is checked afterwards and nothing waits, since no slot ever gets a second key.
 *
 * <h2>Writing</h2>
 *
 * <p>Look first, claim after. {@link io.github.safemap.core.engine.Writing} reads the count of used slots and
 * searches, without a claim, since that calls {@code equals}. Then the shard claims itself by compare-and-set,
 * and checks what was seen: a present key must still be the same object in the same slot; for an absent key the
 * count of used slots must not have moved. Then it stores and gives back by a volatile store. If the check
 * fails, or the shard is retired, the search begins again. No code of the user's runs under a claim, and
 * nothing there may fail and not give back: {@link io.github.safemap.core.engine.StackRoom} sees to the
 * stack, and memory is allocated before.
 *
 * <h2>Rebuild</h2>
 *
 * <p>The one mechanism for growth, shrinking, splitting, merging and cleaning ({@link
 * io.github.safemap.core.engine.Resizing}). An insertion that finds all usable slots used makes it due, or a
 * removal that leaves a quarter of them alive, or writers that waited for each other too often. Whoever makes
 * it due does it. First it reads the hash codes and allocates, without a claim, for that may fail. Then it
 * claims, checks that no slot was used since, copies, stores the fresh shards into the directory, and retires
 * the old one. All the numbers are in {@link io.github.safemap.core.engine.Sizing}.
 *
 * <h2>Directory</h2>
 *
 * <p>Every store into the places is made under the directory's lock, taken after the claims. A split below the
 * depth of the array doubles it; a merge may halve it. An array that was exchanged is never updated again: who
 * still has it may find a retired shard there, which is right for a reader, and which a writer notices
 * under its claim. {@code clear} exchanges the places and the counts together.
 *
 * <h2>Functions</h2>
 *
 * <p>A function runs while a {@link io.github.safemap.core.engine.Reservation} stands in its key's slot: one
 * short claim puts it in, another stores the result and puts the key back. The value stays in the slot
 * meanwhile, so readers see the old one, or none. Other writers of the key queue in the reservation, which is a
 * lock; one that waits again is not overtaken. Who would wait for itself, or in a circle, gets an exception.
 *
 * <h2>Walks</h2>
 *
 * <p>A {@link io.github.safemap.core.engine.Walk} goes along the hashes read from the lowest bit up: in this order
 * the keys of a shard lie side by side, however shards are split and merged. It remembers which slots of a shard are full,
 * then reads them live; once the shard has been replaced it looks its keys up in the map.
 *
 * <h2>Collision trees</h2>
 *
 * <p>No split parts keys of one hash code. A rebuild moves sixteen or more that can be compared into a {@link
 * io.github.safemap.core.engine.CollisionTree}: a sorted, immutable tree in one slot. New ones go to slots until the next
 * rebuild. A function moves its key from the collision tree to a slot, the slot filled first. Within a shard no key ever
 * moves into a collision tree, so a reader that misses a key there finds it further along its way.
 *
 * <p>Layers, each knowing only those before it: {@link io.github.safemap.core.engine.TopHash} and {@link
 * io.github.safemap.core.engine.HashSeed}; {@link io.github.safemap.core.engine.Control}; {@link
 * io.github.safemap.core.engine.Shard} with what can stand in its slots; {@link
 * io.github.safemap.core.engine.Directory}; {@link io.github.safemap.core.engine.Resizing}; {@link
 * io.github.safemap.core.engine.Writing} and {@link io.github.safemap.core.engine.Walk}; and above all {@link
 * io.github.safemap.core.engine.Rehearsal}, which loads them.
 */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
