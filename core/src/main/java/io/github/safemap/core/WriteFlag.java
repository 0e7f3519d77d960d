package io.github.safemap.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ConcurrentModificationException;

/**
 * Go's {@code hashWriting} flag: set while the map is being changed, and looked at by everybody else.
 *
 * <p>A best-effort check, as Go's is. Two threads can pass {@link #claim} at the same moment; the one
 * that ends second then finds its flag gone. A reader that misses the write, or comes a moment before
 * it, is not caught. The flag is read and written opaquely: the accesses happen, but they order
 * nothing, and cost what plain ones do.
 */
final class WriteFlag {
    @SuppressWarnings("unused") // through WRITING
    private boolean writing;

    /** Begins a write. */
    void claim() {
        if (getWritingOpaque()) {
            throw new ConcurrentModificationException("concurrent map writes");
        }
        setWritingOpaque(true);
    }

    /** Ends a write, also one that failed. */
    void release() {
        if (!getWritingOpaque()) {
            throw new ConcurrentModificationException("concurrent map writes");
        }
        setWritingOpaque(false);
    }

    /** Refuses to read beside a write. */
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
