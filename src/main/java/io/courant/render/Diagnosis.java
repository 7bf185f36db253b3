package io.courant.render;

import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.TemplateException;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in a run, so that an editor finds the place and the remedy. */
final class Diagnosis {
    private static final Pattern PATH =
            Pattern.compile("[\\p{L}_$@][\\p{L}\\p{N}_$@]*(\\.[\\p{L}_$@][\\p{L}\\p{N}_$@]*)*");

    private final TemplateFolder folder;
    private final Watch watch;

    Diagnosis(TemplateFolder folder, Watch watch) {
        this.folder = folder;
        this.watch = watch;
    }

    static TemplateError at(TemplateFolder folder, Watch.Place place, String what) {
        return new TemplateError(folder.shown(place.file()) + ":" + place.line() + ":" + place.column() + ": " + what);
    }

    /** The error for whatever ended the run. */
    TemplateError of(Throwable thrown) {
        ParseException syntax = cause(thrown, ParseException.class);
        if (thrown instanceof TemplateError error) {
            return error;
        } else if (syntax != null) {
            return at(
                    folder,
                    new Watch.Place(syntax.getTemplateName(), syntax.getLineNumber(), syntax.getColumnNumber()),
                    oneLine(syntax.getEditorMessage()));
        } else if (thrown instanceof InvalidReferenceException missing) {
            return missing(missing);
        } else if (thrown instanceof TemplateException failure) {
            return failure(failure);
        } else if (thrown instanceof StackOverflowError) {
            return at(folder, watch.place(), "calls itself without end");
        } else if (thrown instanceof OutOfMemoryError) {
            return at(folder, watch.place(), "needs too much memory");
        }
        return at(folder, watch.place(), oneLine(String.valueOf(thrown.getMessage())));
    }

    /** The error for a name that was asked for in a way that FreeMarker forgives, such as {@code ${isue!}}. */
    TemplateError unknown(Watch.Unknown unknown) {
        String line = folder.line(unknown.place().file(), unknown.place().line());
        int from = Math.min(line.length(), Math.max(0, unknown.place().column() - 1));
        Matcher matcher = PATH.matcher(line);
        while (matcher.find(from)) {
            int at = List.of(matcher.group().split("\\.")).indexOf(unknown.name());
            if (at >= 0) {
                Watch.Place place =
                        new Watch.Place(unknown.place().file(), unknown.place().line(), matcher.start() + 1);
                return at(folder, place, what(matcher.group(), unknown));
            }
            from = matcher.end();
        }
        return at(folder, unknown.place(), what(unknown.name(), unknown));
    }

    private TemplateError missing(InvalidReferenceException missing) {
        Watch.Place place = place(missing);
        String name = path(place);
        Watch.Unknown unknown = watch.unknown();
        String blamed = Optional.ofNullable(missing.getBlamedExpressionString()).orElse(name);
        if (unknown != null && (blamed.equals(unknown.name()) || blamed.endsWith("." + unknown.name()))) {
            return at(folder, place, what(name.isEmpty() ? blamed : name, unknown));
        }
        return at(
                folder,
                place,
                "'" + blamed + "' has no value here; write <#if " + blamed
                        + "??>…</#if> around it or a default, as in ${" + blamed + "!'none'}");
    }

    private TemplateError failure(TemplateException failure) {
        TemplateNotFoundException absent = cause(failure, TemplateNotFoundException.class);
        if (absent != null) {
            return at(folder, place(failure), folder.shown(absent.getTemplateName()) + " not found");
        }
        Throwable cause = failure.getCause();
        String message = cause instanceof TemplateModelException || cause instanceof java.io.IOException
                ? cause.getMessage()
                : failure.getMessageWithoutStackTop();
        return at(folder, place(failure), oneLine(String.valueOf(message)));
    }

    private Watch.Place place(TemplateException failure) {
        String file = failure.getTemplateSourceName();
        Integer line = failure.getLineNumber();
        Integer column = failure.getColumnNumber();
        return file == null || line == null || column == null ? watch.place() : new Watch.Place(file, line, column);
    }

    /** The dotted name that stands at a place, as the editor wrote it. */
    private String path(Watch.Place place) {
        String line = folder.line(place.file(), place.line());
        Matcher matcher = PATH.matcher(line);
        boolean found = place.column() <= line.length() && matcher.find(Math.max(0, place.column() - 1));
        return found && matcher.start() == place.column() - 1 ? matcher.group() : "";
    }

    private static String what(String name, Watch.Unknown unknown) {
        String before =
                unknown.bare() ? "" : name.substring(0, Math.max(0, name.lastIndexOf("." + unknown.name()) + 1));
        return "unknown variable '" + name + "'"
                + Nearest.hint(Nearest.to(unknown.name(), unknown.known()).map(before::concat));
    }

    /** The first paragraph of a message in one line: FreeMarker adds tips and a stack below it. */
    private static String oneLine(String message) {
        String first = message.strip().split("\\n\\s*\\n|\\n-{4,}|\\s*Help \\(latest version\\)", 2)[0];
        return Prose.cut(Prose.line(first), 300);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
