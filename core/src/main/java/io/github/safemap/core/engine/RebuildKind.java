package io.github.safemap.core.engine;

/** What a rebuild did to the shards. */
public enum RebuildKind {
    /** One shard became a larger one. */
    GROWTH,
    /** One shard became one of the same size, without the dead slots. */
    CLEANING,
    /** One shard became a smaller one. */
    SHRINKING,
    /** One shard became two. */
    SPLIT,
    /** Two shards became one. */
    MERGE
}
