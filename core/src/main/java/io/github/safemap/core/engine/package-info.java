/**
 * The concurrent engine: a directory of small shards. It is not an API. It is public only because {@code
 * io.github.safemap} uses it, and may change in any release.
 *
 * <h2>Terms</h2>
 *
 * <ul>
 *   <li><b>Slot:</b> room for one key and its value. <b>Bucket:</b> eight slots. <b>Tophash:</b> one byte for
 *       each slot. It says whether the slot is empty, full or dead, and has seven bits of the key's hash. The
 *       eight bytes of a bucket are one {@code long} and are compared in one step.
 *   <li><b>Holder:</b> the object in a slot: the key, or a marker that stands for it.
 *   <li><b>Shard:</b> a small hash table of at most 64 buckets (rarely more: see {@link
 *       io.github.safemap.core.engine.Sizing}), for all keys whose hash ends in the same bits. <b>Depth:</b> the
 *       number of these bits. Here a hash ends at its bit 28; {@link io.github.safemap.core.engine.HashSeed} says
 *       why.
 *   <li><b>Directory:</b> an array of <b>places</b>, a power of two, with a shard in each. The low bits of a
 *       hash, from bit 28 on, choose the place. A shard is in every place whose index ends in the shard's bits.
 *   <li><b>Claim:</b> the right of one writer to change a shard. <b>Retired:</b> said of a shard that has been
 *       replaced; it never changes again.
 *   <li><b>Rebuild:</b> to copy the live entries of one shard or two into new shards, and put these in the
 *       place of the old.
 *   <li><b>Reservation:</b> the object in the place of a key while a function computes its value. <b>Collision
 *       tree:</b> the object in a slot for many keys of one hash code.
 * </ul>
 *
 * <h2>A slot's life</h2>
 *
 * <p>A slot is used once: it is empty, then full, then dead, until its shard is rebuilt. An insertion takes the
 * first empty slot on the key's <b>way</b>: its bucket, then others, by steps that grow by one. It stores the
 * value, the key and the tophash, and counts the slot as used. A replacement stores the value. A removal makes
 * the tophash dead, then value and key null. Each of these is a release store.
 *
 * <h2>Reading</h2>
 *
 * <p>A reader loads the directory's place, then the shard's tophash word. Where a byte matches, it loads the
 * key, and if that is equal, the value. All are acquire loads. They follow the way in the order in which it is
 * filled. The way ends at a bucket that is not used up. A reader checks nothing afterwards and waits for
 * nothing, because no slot ever gets a second key.
 *
 * <h2>Writing</h2>
 *
 * <p>Look first, claim after. {@link io.github.safemap.core.engine.KeyWriter} reads the count of used slots and
 * searches without a claim, because the search calls {@code equals}. Then a method of the shard claims it by
 * compare-and-set, and checks the result of the search. A present key must still be the same object in the same
 * slot. For an absent key the count of used slots must be the same. Then it stores, and gives back by a
 * volatile store. If the check fails, or the shard is retired, the search starts again. No user code runs under
 * a claim. Whatever fails there, the shard is given back: {@link io.github.safemap.core.engine.StackRoom} makes
 * sure of the stack, and if memory is missing, nothing has changed.
 *
 * <h2>Rebuild</h2>
 *
 * <p>One mechanism does growth, shrinking, splitting, merging and cleaning ({@link
 * io.github.safemap.core.engine.Resizer}). A rebuild is due if an insertion finds no usable slot, if a removal
 * leaves at most a quarter of the slots live, or if writers waited for each other too often. The write that
 * makes it due does it. First it reads the hash codes and allocates the new shards, without a claim, because
 * that may fail. Then it claims the old shard, checks that no slot was used since, copies, stores the new
 * shards into the directory, and retires the old one. {@link io.github.safemap.core.engine.Sizing} has all the
 * numbers.
 *
 * <h2>Directory</h2>
 *
 * <p>Every store into the places happens under the directory's lock, which is taken after the claims. A split
 * that needs one more bit than the array has doubles the array. A merge may halve it. A replaced array is never
 * updated again. A thread that still has it may find a retired shard there. For a reader that is correct, and a
 * writer notices it when it claims. {@code clear} replaces the places and the counts together.
 *
 * <h2>Functions</h2>
 *
 * <p>A function runs while a {@link io.github.safemap.core.engine.Reservation} is in its key's slot. One short
 * claim puts it there. Another stores the result and puts the key back. The value stays in the slot meanwhile,
 * so readers see the old value, or none. The reservation is a lock, and other writers of the key queue in it. A
 * thread that waits for the second time insists on its turn. A thread that would wait for itself, or in a circle,
 * gets an exception.
 *
 * <h2>Walks</h2>
 *
 * <p>A {@link io.github.safemap.core.engine.Walk} follows the order of hashes, read from the lowest bit up. In
 * this order the keys of a shard are side by side, however shards are split and merged. The walk remembers
 * which slots of a shard are full, and then reads them live. Once the shard has been replaced, it looks up the
 * keys in the map.
 *
 * <h2>Collision trees</h2>
 *
 * <p>No split separates keys of one hash code. A rebuild moves sixteen or more comparable ones into a {@link
 * io.github.safemap.core.engine.CollisionTree}: a sorted, immutable tree in one slot. New keys get slots until
 * the next rebuild. A function moves its key from the collision tree to a slot, and fills the slot first.
 * Within a shard no key ever moves into a collision tree. So a reader that misses a key there finds it later on
 * its way.
 *
 * <p>The classes form layers: bits, what can be in a slot, shard, directory, resizing, writing and walking. Each
 * uses only those before it. {@code EngineLayersTest} has the list.
 */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
