package io.courant.web;

import io.courant.archive.Archive;
import io.courant.consent.DoubleOptIn;
import io.courant.delivery.Headline;
import io.courant.issue.Newsletter;
import io.courant.render.ReaderPage;
import io.courant.render.ReaderPage.Flaw;
import io.courant.render.TemplateFolder;
import io.courant.section.Topic;
import jakarta.servlet.http.HttpServletRequest;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The front door: what there is to read, and how to get it. */
@Controller
final class SignUpPages {
    private static final int NEWEST = 5;

    private final DoubleOptIn consent;
    private final Archive archive;
    private final TemplateFolder words;
    private final Answers answers;

    SignUpPages(DoubleOptIn consent, Archive archive, TemplateFolder words, Answers answers) {
        this.consent = consent;
        this.archive = archive;
        this.words = words;
        this.answers = answers;
    }

    @GetMapping("/")
    ResponseEntity<String> front(@RequestAttribute Home home, @RequestParam(defaultValue = "") String language) {
        if (home.isShared()) {
            return choice(home);
        }
        Newsletter newsletter = home.first();
        @Nullable Locale chosen = chosen(language);
        return answers.common(
                home,
                newsletter,
                chosen,
                new ReaderPage.Front(
                        form(home, newsletter, home.path() + "/", chosen, "", List.of()),
                        topics(newsletter),
                        archive.newest(newsletter, NEWEST).stream()
                                .map(issue -> number(home, newsletter, chosen, issue))
                                .toList(),
                        home.archive(newsletter).toASCIIString()));
    }

    private ResponseEntity<String> choice(Home home) {
        return answers.common(
                home,
                home.first(),
                null,
                new ReaderPage.Choice(home.newsletters().stream()
                        .map(newsletter -> new ReaderPage.Offer(
                                newsletter.title(),
                                topics(newsletter),
                                home.path() + "/subscribe/" + newsletter.name(),
                                home.archive(newsletter).toASCIIString()))
                        .toList()));
    }

    @GetMapping("/subscribe")
    ResponseEntity<String> form(@RequestAttribute Home home, @RequestParam(defaultValue = "") String language) {
        return home.isShared() ? choice(home) : show(home, home.first(), language);
    }

    @GetMapping("/subscribe/{name}")
    ResponseEntity<String> form(
            @RequestAttribute Home home,
            @PathVariable String name,
            @RequestParam(defaultValue = "") String language) {
        return show(home, home.named(name).orElseThrow(Missing::new), language);
    }

    private ResponseEntity<String> show(Home home, Newsletter newsletter, String language) {
        @Nullable Locale chosen = chosen(language);
        return answers.common(
                home,
                newsletter,
                chosen,
                form(home, newsletter, action(home, newsletter), chosen, "", List.of()));
    }

    @PostMapping("/subscribe/{name}")
    ResponseEntity<String> subscribe(
            @RequestAttribute Home home,
            @PathVariable String name,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String website,
            HttpServletRequest request) {
        Newsletter newsletter = home.named(name).orElseThrow(Missing::new);
        @Nullable Locale chosen = chosen(language);
        try {
            if (website.isEmpty()) { // only a program fills in the field that people do not see
                consent.request(newsletter, address.strip(), chosen, Caller.of(request));
            }
            return answers.personal(home, newsletter, chosen, new ReaderPage.Notice("sent"));
        } catch (IllegalArgumentException noAddress) {
            List<Flaw> flaws = List.of(new Flaw("address", "address"));
            return answers.personal(
                    home,
                    newsletter,
                    chosen,
                    form(home, newsletter, action(home, newsletter), chosen, address, flaws));
        }
    }

    /** @param here path of the page that the form is on */
    private ReaderPage.SignUp form(
            Home home,
            Newsletter newsletter,
            String here,
            @Nullable Locale chosen,
            String address,
            List<Flaw> flaws) {
        Locale spoken = answers.language(newsletter, chosen);
        return new ReaderPage.SignUp(
                action(home, newsletter),
                address,
                chosen == null ? "" : chosen.toLanguageTag(),
                words.languages().stream()
                        .filter(language -> !language.getLanguage().equals(spoken.getLanguage()))
                        .map(language -> new ReaderPage.Tongue(
                                here + "?language=" + language.toLanguageTag(),
                                language.toLanguageTag(),
                                PreferenceForm.name(language)))
                        .toList(),
                consent.signUpWording(newsletter, spoken),
                flaws);
    }

    private @Nullable Locale chosen(String language) {
        return Optional.of(language)
                .filter(tag -> words.languages().stream()
                        .anyMatch(one -> one.toLanguageTag().equals(tag)))
                .map(Locale::forLanguageTag)
                .orElse(null);
    }

    private ReaderPage.Number number(Home home, Newsletter newsletter, @Nullable Locale chosen, Headline issue) {
        return new ReaderPage.Number(
                home.shown(newsletter).page(issue.id()).toASCIIString(),
                issue.subject(),
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(answers.language(newsletter, chosen))
                        .format(issue.date().atZone(newsletter.zone())));
    }

    private static String action(Home home, Newsletter newsletter) {
        return home.path() + "/subscribe/" + newsletter.name();
    }

    private static List<String> topics(Newsletter newsletter) {
        return newsletter.topics().stream().map(Topic::title).toList();
    }
}
