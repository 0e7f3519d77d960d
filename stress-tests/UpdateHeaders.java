import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the outcomes of a run into the comments at the head of the stress tests' classes.
 *
 * <pre>java stress-tests/UpdateHeaders.java docs/results/jcstress/&lt;summary&gt;.txt</pre>
 *
 * <p>Replaces what a header says after "Seen". Classes that were not run keep theirs.
 */
public final class UpdateHeaders {
    private static final Path SOURCES =
            Path.of("stress-tests/src/main/java/io/github/safemap/stress");
    private static final Pattern TEST = Pattern.compile("(\\w+)\\.(\\w+): .*");
    private static final Pattern OUTCOME = Pattern.compile(
            "    (.*?) +([0-9,]+) +([<>]?[0-9.]+%) +(Acceptable|Interesting|Forbidden|Unknown) .*");
    private static final Pattern SEEN =
            Pattern.compile(" \\*\n \\* <p>Seen on (?:(?!\\*/).)*? \\* </pre>\n", Pattern.DOTALL);

    private UpdateHeaders() {}

    private record Row(String nested, String outcome, String times, String share, boolean bad) {}

    /** The argument is the summary's file. */
    public static void main(String[] args) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(args[0]));
        String origin = origin(lines);
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        String type = null;
        String nested = null;
        for (String line : lines) {
            Matcher test = TEST.matcher(line);
            Matcher outcome = OUTCOME.matcher(line);
            if (test.matches() && Files.exists(SOURCES.resolve(test.group(1) + ".java"))) {
                type = test.group(1);
                nested = test.group(2);
            } else if (type != null && outcome.matches()) {
                rows.computeIfAbsent(type, key -> new ArrayList<>()).add(new Row(
                        nested, outcome.group(1), outcome.group(2), outcome.group(3),
                        !outcome.group(4).equals("Acceptable")));
                nested = "";
            }
        }
        for (Map.Entry<String, List<Row>> entry : rows.entrySet()) {
            update(SOURCES.resolve(entry.getKey() + ".java"), block(origin, entry.getValue()));
        }
        System.out.println(rows.size() + " classes");
    }

    private static String origin(List<String> lines) {
        String options = find(lines, "jcstress options: (.*)");
        String compiler = options.contains("-TieredCompilation") ? "C2"
                : options.contains("-Xint") ? "interpreter" : "all compilers";
        return String.format("Seen on %s with %s cores, JDK %s, %s (%s)",
                find(lines, "machine: (.*), \\d+ cores"), find(lines, "machine: .*, (\\d+) cores"),
                find(lines, ".*version \"([^\"]*)\".*"), compiler,
                find(lines, "command: stress-tests/(run.sh \\w+).*"));
    }

    private static String find(List<String> lines, String regex) {
        Pattern pattern = Pattern.compile(regex);
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw new IllegalArgumentException("the summary has no line like " + regex);
    }

    private static String block(String origin, List<Row> rows) {
        int first = rows.stream().mapToInt(row -> row.nested.length()).max().orElse(0);
        int second = rows.stream().mapToInt(row -> row.outcome.length()).max().orElse(0);
        int third = rows.stream().mapToInt(row -> row.times.length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append(" *\n * <p>").append(origin).append(";\n");
        text.append(" * an exclamation mark is an outcome that is not acceptable of a map, or not promised:\n");
        text.append(" *\n * <pre>\n");
        for (Row row : rows) {
            String line = String.format(
                    "%-" + first + "s  %-" + second + "s  %" + third + "s  %7s%s",
                    row.nested, row.outcome, row.times, row.share, row.bad ? " !" : "");
            text.append(" *   ").append(line.replace("<", "&lt;")).append('\n');
        }
        return text.append(" * </pre>\n").toString();
    }

    private static void update(Path file, String block) throws IOException {
        String source = SEEN.matcher(Files.readString(file)).replaceAll("");
        int end = source.indexOf(" */\n");
        Files.writeString(file, source.substring(0, end) + block + source.substring(end));
    }
}
