package io.courant.render;

import io.courant.issue.Edition;
import io.courant.issue.Issue;
import io.courant.issue.Newsletter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders an issue with the newsletter's template. The same issue and template give the same bytes, apart from the
 * nonce in the markers of {@link Hole}s; filling the holes takes the nonce out again.
 */
public final class Renderer {
    private final TemplateFolder folder;
    private final Supplier<String> nonces;
    private final TemplateEngine engine;
    private final UnaryOperator<URI> links;

    /** @param nonces letters and digits for each rendering that no post can guess, as {@link #randomNonces} gives */
    public Renderer(TemplateFolder folder, Supplier<String> nonces) {
        this(folder, nonces, TemplateEngine.DEADLINE);
    }

    Renderer(TemplateFolder folder, Supplier<String> nonces, Duration deadline) {
        this(folder, nonces, new TemplateEngine(folder, deadline), UnaryOperator.identity());
    }

    private Renderer(TemplateFolder folder, Supplier<String> nonces, TemplateEngine engine, UnaryOperator<URI> links) {
        this.folder = folder;
        this.nonces = nonces;
        this.engine = engine;
        this.links = links;
    }

    /** Renders likewise, but in mail the items lead elsewhere. */
    public Renderer linking(UnaryOperator<URI> elsewhere) {
        return new Renderer(folder, nonces, engine, link -> isLink(link) ? elsewhere.apply(link) : link);
    }

    /** Whether readers are led to an address: other schemes than those of the web stand in no mail. */
    public static boolean isLink(URI address) {
        return Paginator.isLink(address);
    }

    /** Nonces of 128 random bits, all of one length. */
    public static Supplier<String> randomNonces() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }

    /**
     * Renders an issue once for all its readers.
     *
     * @throws TemplateError if the template is not there or does not work, with file, line and column
     */
    public Rendering render(Newsletter newsletter, Issue issue) {
        return render(newsletter, issue, null);
    }

    /** The languages that the shipped templates have words in. */
    public List<Locale> languages() {
        return folder.languages();
    }

    /**
     * Renders an edition of an issue once for all its readers.
     *
     * @param original whose items lead to their own places
     * @param edition that the issue was cut for; null for the whole of it
     */
    public Rendering render(Newsletter newsletter, Issue original, @Nullable Edition edition) {
        Issue issue = original.linking(links);
        String template = newsletter.template();
        folder.require(template);
        String nonce = nonces.get();
        if (!nonce.matches("[A-Za-z0-9]+")) {
            throw new IllegalArgumentException("not a nonce: '" + nonce + "' (expected letters and digits)");
        }
        Page page = Paginator.text(newsletter, issue, edition, nonce);
        String edited = Prose.line(issue.editorial().subject());
        String subject =
                edited.isEmpty() ? Prose.line(process(template, TemplateFolder.SUBJECT, page, newsletter)) : edited;
        String html =
                process(template, TemplateFolder.HTML, Paginator.html(newsletter, issue, edition, nonce), newsletter);
        String text = process(template, TemplateFolder.TEXT, page, newsletter);
        if (subject.isEmpty()) {
            throw new TemplateError(folder.shown(template + "/" + TemplateFolder.SUBJECT)
                    + ": gave an empty subject (expected one line of text)");
        }
        String inlined = inline(template, html);
        List<Rendering.Picture> pictures = Paginator.pictures(newsletter, issue).stream()
                .filter(picture -> inlined.contains("cid:" + picture.id()))
                .toList();
        return new Rendering(subject, inlined, new TextWrap(nonce).wrap(text), pictures, nonce);
    }

    /**
     * The issue's page on the web: made by the same template, complete, and without a word about a reader.
     *
     * @throws TemplateError if the template is not there or does not work, with file, line and column
     */
    public String web(Newsletter newsletter, Issue issue) {
        folder.require(newsletter.template());
        String html = process(newsletter.template(), TemplateFolder.HTML, Paginator.web(newsletter, issue), newsletter);
        for (Rendering.Picture picture : Paginator.pictures(newsletter, issue)) {
            html = html.replace("cid:" + picture.id(), "data:image/png;base64," + picture.base64());
        }
        return html;
    }

    /**
     * Renders specimen issues that are hard on a template – one item, sixty items, no links, hostile titles, right to
     * left – and one in each language that there are words in, and looks at the results as a mail program would.
     *
     * @throws TemplateError if the template fails, or gives a mail that must not be sent
     */
    public void check(String template) {
        SizeBudget budget = new SizeBudget(this);
        List<Specimens.Specimen> specimens = new ArrayList<>(Specimens.all(template));
        folder.languages().forEach(language -> specimens.addAll(Specimens.in(language, template)));
        for (Specimens.Specimen specimen : specimens) {
            String errors = MailRules.flaws(Letter.specimen(budget.fit(specimen.newsletter(), specimen.issue(), null)
                            .rendering()))
                    .stream()
                    .filter(Flaw::isError)
                    .map(flaw -> flaw.where() + " " + flaw.what())
                    .collect(Collectors.joining("; "));
            if (!errors.isEmpty()) {
                throw new TemplateError(
                        folder.shown(template) + ": " + errors + " (specimen issue '" + specimen.name() + "')");
            }
            web(specimen.newsletter(), specimen.issue());
        }
    }

    private String process(String template, String file, Page page, Newsletter newsletter) {
        return engine.process(template + "/" + file, page, newsletter.language(), newsletter.zone());
    }

    private String inline(String template, String html) {
        try {
            return CssInliner.inline(html);
        } catch (IllegalArgumentException e) {
            throw new TemplateError(folder.shown(template + "/" + TemplateFolder.HTML) + ": " + e.getMessage(), e);
        }
    }
}
