package io.courant.render;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import io.courant.words.Phrasebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code say(key, …)}: fixed words in the newsletter's language, with what is said in them. With HTML among it, as a
 * captured {@code <bdi>} is, the whole is HTML and all the rest is escaped.
 */
final class Say implements TemplateMethodModelEx {
    private final TemplateFolder folder;
    private final Locale language;
    private TemplateFolder.@Nullable Words words;

    Say(TemplateFolder folder, Locale language) {
        this.folder = folder;
        this.language = language;
    }

    @Override
    @SuppressWarnings("rawtypes") // FreeMarker's signature
    public Object exec(List arguments) throws TemplateModelException {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof TemplateScalarModel key)) {
            throw new TemplateModelException("say takes a key and what is said, as in say('posts', issue.posts)");
        }
        List<Object> said = new ArrayList<>();
        for (Object argument : arguments.subList(1, arguments.size())) {
            said.add(value(argument));
        }
        if (words == null) {
            words = folder.words(language);
        }
        try {
            return say(words.book(), key.getAsString(), said);
        } catch (NoSuchElementException e) {
            Set<String> keys = words.book().keys();
            throw new TemplateModelException(
                    words.file() + " has no words for '" + key.getAsString() + "'"
                            + Nearest.hint(key.getAsString(), keys),
                    e);
        } catch (IllegalArgumentException e) {
            throw new TemplateModelException(words.file() + ": " + key.getAsString() + " " + e.getMessage(), e);
        }
    }

    private static Object value(Object argument) throws TemplateModelException {
        if (argument instanceof TemplateHTMLOutputModel) {
            return argument;
        } else if (argument instanceof TemplateNumberModel number) {
            return number.getAsNumber().longValue();
        } else if (argument instanceof TemplateScalarModel text) {
            return text.getAsString();
        }
        throw new TemplateModelException("say takes texts and numbers, as in say('posts', issue.posts)");
    }

    private static Object say(Phrasebook book, String key, List<Object> said) throws TemplateModelException {
        HTMLOutputFormat html = HTMLOutputFormat.INSTANCE;
        if (said.stream().noneMatch(TemplateHTMLOutputModel.class::isInstance)) {
            return book.say(key, said.toArray());
        }
        List<String> escaped = new ArrayList<>();
        for (Object one : said) {
            escaped.add(
                    one instanceof TemplateHTMLOutputModel markup
                            ? html.getMarkupString(markup)
                            : html.escapePlainText(book.shown(one)));
        }
        return html.fromMarkup(Phrasebook.fill(html.escapePlainText(book.phrase(key, said)), escaped));
    }
}
