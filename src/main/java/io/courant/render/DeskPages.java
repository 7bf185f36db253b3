package io.courant.render;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.Environment;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/**
 * Renders the editors' pages. Their templates are the program's own, on the class path below {@code desk/}; like the
 * editors' they see records and nothing that acts, and every value is escaped.
 */
public final class DeskPages {
    private static final int MAX_CHARS = 20_000_000;

    private final Configuration configuration;

    public DeskPages() {
        configuration = new Configuration(Configuration.VERSION_2_3_35);
        configuration.setTemplateLoader(new ClassTemplateLoader(DeskPages.class, "/desk"));
        configuration.setLocalizedLookup(false);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setFallbackOnNullLoopVariable(false);
        configuration.setLocale(Locale.ENGLISH);
        configuration.setNumberFormat("#,##0.##");
        configuration.setBooleanFormat("c");
    }

    /**
     * A page.
     *
     * @param name of the template, without {@code .ftlh}
     * @param page what it shows: a record of texts, numbers, truth values, lists and such records
     */
    public String html(String name, Record page) {
        String file = name + ".ftlh";
        Watch watch = new Watch(file, MAX_CHARS);
        StringWriter writer = watch.writer();
        try {
            RecordModel.Wrapper wrapper = new RecordModel.Wrapper(watch);
            Environment environment = configuration
                    .getTemplate(file)
                    .createProcessingEnvironment(RecordModel.root(page, Map.of(), wrapper), writer, wrapper);
            environment.process();
        } catch (IOException | TemplateException e) {
            throw new TemplateError("desk/" + file + ": " + e.getMessage(), e);
        }
        Watch.Unknown unknown = watch.unknown();
        if (unknown != null) {
            throw new TemplateError("desk/" + file + ": nothing is called '" + unknown.name() + "'");
        }
        return writer.toString();
    }
}
