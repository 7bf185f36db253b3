package io.courant.render;

import freemarker.core.Environment;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * FreeMarker, locked up: a template reads records and files of its folder, and can neither create nor call anything.
 * A run that takes too long or writes too much is ended with an error that says where it was.
 */
final class TemplateEngine {
    static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_CHARS = 5_000_000;
    private static final Map<String, TemplateModel> FUNCTIONS =
            Map.of("cut", (TemplateMethodModelEx) TemplateEngine::cut);

    private final TemplateFolder folder;
    private final Duration deadline;
    private final Configuration configuration;

    TemplateEngine(TemplateFolder folder, Duration deadline) {
        this.folder = folder;
        this.deadline = deadline;
        configuration = new Configuration(Configuration.VERSION_2_3_35);
        configuration.setTemplateLoader(folder.loader());
        configuration.setLocalizedLookup(false);
        configuration.setTemplateUpdateDelayMilliseconds(0);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setOutputFormat(PlainTextOutputFormat.INSTANCE); // .ftlh overrides it with escaped HTML
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setAttemptExceptionReporter((exception, environment) -> {});
        configuration.setFallbackOnNullLoopVariable(false);
        configuration.setWhitespaceStripping(true);
        configuration.setTabSize(1); // a column in a message is a character in the file
        configuration.setNumberFormat("c");
        configuration.setBooleanFormat("c");
    }

    /** Runs one file of the folder over a page. */
    String process(String file, Record page, Locale locale, ZoneId zone) {
        Watch watch = new Watch(file, MAX_CHARS);
        FutureTask<String> run = new FutureTask<>(() -> run(file, page, locale, zone, watch));
        // A thread of its own: the watch ends a run between two elements, but a loop inside one expression can only be
        // left behind, and a daemon does not keep the program alive.
        Thread thread = new Thread(run, "render " + file);
        thread.setDaemon(true);
        thread.start();
        try {
            return run.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            watch.stop();
            throw Diagnosis.at(
                    folder,
                    watch.place(),
                    "not finished after " + deadline.toSeconds() + " s; is there a loop without end?");
        } catch (ExecutionException e) {
            throw new Diagnosis(folder, watch).of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            watch.stop();
            Thread.currentThread().interrupt();
            throw new TemplateError(folder.shown(file) + ": interrupted while rendering", e);
        }
    }

    private String run(String file, Record page, Locale locale, ZoneId zone, Watch watch)
            throws IOException, TemplateException {
        Template template = configuration.getTemplate(file);
        RecordModel.Wrapper wrapper = new RecordModel.Wrapper(watch);
        StringWriter writer = watch.writer();
        Environment environment =
                template.createProcessingEnvironment(RecordModel.root(page, FUNCTIONS, wrapper), writer, wrapper);
        environment.setLocale(locale);
        environment.setTimeZone(TimeZone.getTimeZone(zone));
        environment.setTemplateProcessingTracer(watch);
        environment.process();
        Watch.Unknown unknown = watch.unknown();
        if (unknown != null) {
            throw new Diagnosis(folder, watch).unknown(unknown);
        }
        return writer.toString();
    }

    /** {@code cut(text, length)}: at most so many characters, cut between words. */
    private static String cut(List<?> arguments) throws TemplateModelException {
        if (arguments.size() == 2
                && arguments.get(0) instanceof TemplateScalarModel text
                && arguments.get(1) instanceof TemplateNumberModel length) {
            return Prose.cut(text.getAsString(), length.getAsNumber().intValue());
        }
        throw new TemplateModelException("cut takes a text and a number, as in cut(item.title, 60)");
    }
}
