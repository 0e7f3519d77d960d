package io.github.safemap.benchmarks.lab;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines that fit a terminal. */
final class Wrap {
    private static final int WIDTH = 100;

    private Wrap() {}

    /** Returns the text as lines of at most 100 characters, where no word is longer. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
