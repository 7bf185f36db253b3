package io.courant.render;

import freemarker.core.Environment;
import freemarker.core.TemplateProcessingTracer;
import freemarker.template.TemplateModelException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run of a template: knows where it is, ends it when told to or when it writes too much, and remembers the
 * first name asked for that the model does not have, so that {@code ${isue!}} cannot hide a mistake.
 */
final class Watch implements TemplateProcessingTracer {
    private final String main;
    private final int maxChars;
    private volatile boolean stopped;
    private volatile @Nullable Place place;
    private @Nullable Unknown unknown;

    /** @param main the file that the run began with */
    Watch(String main, int maxChars) {
        this.main = main;
        this.maxChars = maxChars;
    }

    @Override
    public void enterElement(Environment environment, TracedElement element) {
        String file = element.getTemplate().getSourceName();
        place = new Place(file, element.getBeginLine(), element.getBeginColumn());
        if (main.endsWith(".ftlh")
                && !file.endsWith(".ftlh")
                && element.getDescription().startsWith("${")) {
            throw new Stop("writes into " + main + " without escaping for HTML; let this file's name end in .ftlh");
        }
        goOn();
    }

    @Override
    public void exitElement(Environment environment, TracedElement element) {
        goOn();
    }

    /** Makes the run end at its next step. */
    void stop() {
        stopped = true;
    }

    /** Where the run is, or where it began when it has done nothing yet. */
    Place place() {
        Place now = place;
        return now == null ? new Place(main, 1, 1) : now;
    }

    /** A name was asked for that a record does not have. */
    void unknown(String name, RecordModel owner) {
        if (unknown == null) {
            unknown = new Unknown(name, known(owner), owner.isRoot(), place());
        }
    }

    /** The names that could have been meant; a bare name could also be a loop's or a macro's. */
    private static List<String> known(RecordModel owner) {
        List<String> names = new ArrayList<>(owner.names());
        try {
            if (owner.isRoot()) {
                for (Object name : Environment.getCurrentEnvironment().getKnownVariableNames()) {
                    names.add(String.valueOf(name));
                }
            }
        } catch (TemplateModelException e) {
            return names; // a guess fewer, no error more
        }
        return names;
    }

    @Nullable
    Unknown unknown() {
        return unknown;
    }

    /** Takes the template's output up to the limit. */
    StringWriter writer() {
        return new StringWriter() {
            @Override
            public void write(String text, int offset, int length) {
                room(length);
                super.write(text, offset, length);
            }

            @Override
            public void write(char[] text, int offset, int length) {
                room(length);
                super.write(text, offset, length);
            }

            private void room(int length) {
                if (getBuffer().length() + length > maxChars) {
                    throw new Stop("writes more than " + maxChars + " characters; is there a loop without end?");
                }
                goOn();
            }
        };
    }

    private void goOn() {
        if (stopped) {
            throw new Stop("stopped");
        }
    }

    /** A position in a file of the template folder. */
    record Place(String file, int line, int column) {}

    /**
     * A name that the model does not have.
     *
     * @param bare whether it was asked of the whole model, not of a record in it
     */
    record Unknown(String name, List<String> known, boolean bare, Place place) {}

    /** Ends a run; unchecked, so that no {@code <#attempt>} catches it. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop(String message) {
            super(message);
        }
    }
}
