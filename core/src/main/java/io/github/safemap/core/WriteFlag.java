package io.github.safemap.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ConcurrentModificationException;

/**
 * Go's {@code hashWriting} flag. It is set while the map is being changed, and every operation checks it.
 *
 * <p>This is a best-effort check, as in Go. Two threads can pass {@link #claim} at the same moment; then the one
 * that ends second finds the flag cleared. A reader that misses the write, or comes a moment before
 * it, is not caught. The flag is read and written opaquely: the accesses happen, but they order
 * nothing, and cost as much as plain ones.
 */
final class WriteFlag {
    @SuppressWarnings("unused") // accessed through WRITING
    private boolean writing;

    /** Begins a write. */
    void claim() {
        if (getWritingOpaque()) {
            throw new ConcurrentModificationException("concurrent map writes");
        }
        setWritingOpaque(true);
    }

    /** Ends a write, even if it failed. */
    void release() {
        if (!getWritingOpaque()) {
            throw new ConcurrentModificationException("concurrent map writes");
        }
        setWritingOpaque(false);
    }

    /** Throws if a write is in progress. */
    void checkRead() {
        if (getWritingOpaque()) {
            throw new ConcurrentModificationException("concurrent map read and map write");
        }
    }

    private boolean getWritingOpaque() {
        return (boolean) WRITING.getOpaque(this);
    }

    private void setWritingOpaque(boolean value) {
        WRITING.setOpaque(this, value);
    }

    private static final VarHandle WRITING;

    static {
        try {
            WRITING = MethodHandles.lookup().findVarHandle(WriteFlag.class, "writing", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
