package io.github.safemap.benchmarks.lab;

import java.util.Locale;

/** The unit that a table or chart shows bytes in: powers of 1,024, as Go's published figures. */
enum Unit {
    /** Kilobytes. */
    KB(1 << 10),
    /** Megabytes. */
    MB(1 << 20);

    private final int bytes;

    Unit(int bytes) {
        this.bytes = bytes;
    }

    /** Returns bytes in this unit. */
    double of(long count) {
        return (double) count / bytes;
    }

    /** Returns so many of this unit in bytes. */
    long toBytes(double count) {
        return Math.round(count * bytes);
    }

    /** Returns bytes in this unit with one decimal, without the unit's name. */
    String number(long count) {
        return String.format(Locale.ROOT, "%,.1f", of(count));
    }

    /** Returns bytes in this unit with one decimal and the unit's name. */
    String text(long count) {
        return number(count) + " " + this;
    }

    /** Returns a share as a percentage; what is small but not nothing does not show as 0. */
    static String percent(double share) {
        return share > 0 && share < 0.000_05 ? "<0.01%" : String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
}
