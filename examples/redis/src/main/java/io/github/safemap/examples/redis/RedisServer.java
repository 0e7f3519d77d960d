package io.github.safemap.examples.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A redis-server on a free port of the loopback interface. It ends with this object, or with the JVM. */
final class RedisServer implements AutoCloseable {
    private static final long START_SECONDS = 30;

    private final int port;
    private final Path directory;
    private final Path log;
    private final Process process;
    private final Thread killer;

    private RedisServer(int port) throws IOException {
        this.port = port;
        directory = Files.createTempDirectory("redis");
        log = directory.resolve("redis.log");
        List<String> command = List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                directory.toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** Returns whether there is a redis-server on the PATH. */
    static boolean isInstalled() {
        try {
            return new ProcessBuilder("redis-server", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a server, and returns when it accepts connections. */
    static RedisServer start() {
        if (!isInstalled()) {
            throw new IllegalStateException(
                    "This example needs a real Redis, and there is no redis-server on the PATH. On Debian or Ubuntu:"
                            + " apt-get install redis-server; on macOS: brew install redis. Nothing has to be"
                            + " configured or running: the example starts one of its own.");
        }
        try {
            RedisServer server = new RedisServer(freePort());
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (ends(20) || System.nanoTime() - deadline > 0) {
                    String said = Files.readString(log);
                    close();
                    throw new IOException("redis-server does not start:\n" + said, notYet);
                }
            }
        }
    }

    private boolean ends(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a client of this server that does not reconnect, as a near cache needs. */
    RedisClient client() {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        client.setOptions(ClientOptions.builder().autoReconnect(false).build());
        return client;
    }

    @Override
    public void close() {
        process.destroy();
        if (!ends(TimeUnit.SECONDS.toMillis(10))) {
            process.destroyForcibly();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
        try {
            Files.deleteIfExists(log);
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
