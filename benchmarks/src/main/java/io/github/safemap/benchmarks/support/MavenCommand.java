package io.github.safemap.benchmarks.support;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a command runs in Maven's own JVM, which passes a blank where no option is given. */
public final class MavenCommand {
    private MavenCommand() {}

    /** Runs a command and, unless all went well, ends this JVM: with exit code 2 after a mistake in the arguments. */
    public static void run(CommandLine command, String[] args) {
        command.registerConverter(Integer.class, orNull(MavenCommand::number));
        command.registerConverter(Path.class, orNull(Path::of));
        command.setParameterExceptionHandler((e, arguments) -> {
            System.err.println(e.getMessage());
            return ExitCode.USAGE;
        });
        int status = command.execute(args);
        if (status != ExitCode.OK) {
            // An exit is how Maven ends without a lecture on build failures. After success it shall go on.
            System.exit(status);
        }
    }

    private static <T> ITypeConverter<T> orNull(ITypeConverter<T> converter) {
        return text -> text.isBlank() ? null : converter.convert(text.strip());
    }

    private static Integer number(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("\"" + text + "\" is no number");
        }
    }
}
