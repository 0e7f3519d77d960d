package io.github.safemap.benchmarks.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How long one thread has waited for a processor, ready to run: Linux counts that in {@code schedstat}. Where
 * other threads of the JVM (compilers, collectors, executors) are as many as processors, an operation can take
 * milliseconds longer for it, whatever it does.
 */
final class Waiting {
    private static final Path FILE = Path.of("/proc/thread-self/schedstat");

    /** Open until the JVM ends. */
    private final FileChannel file;

    private final ByteBuffer text = ByteBuffer.allocate(128);

    private Waiting(FileChannel file) {
        this.file = file;
    }

    /** Begins to watch the current thread; returns null if the system does not tell. */
    static @Nullable Waiting ofCurrentThread() {
        try {
            return Files.isReadable(FILE) ? new Waiting(FileChannel.open(FILE)) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the nanoseconds that the thread has waited in its life. */
    long nanos() {
        try {
            file.read(text.clear(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Time on a processor, time waiting for one, and how often it came to one.
        String line = StandardCharsets.US_ASCII.decode(text.flip()).toString();
        return Long.parseLong(line.split(" ")[1]);
    }
}
