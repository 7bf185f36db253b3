package io.courant.render;

import io.courant.render.ReaderPage.Doors;
import io.courant.render.ReaderPage.Flaw;
import io.courant.render.ReaderPage.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The subscribers' pages as somebody may see them: empty and filled in, right and wrong. */
final class SpecimenPages {
    private static final List<String> NOTICES = List.of(
            "sent",
            "sent-address",
            "address",
            "back",
            "left-all",
            "erased",
            "gone",
            "missing",
            "method",
            "large",
            "malformed",
            "failed");
    private static final String READER = "reader@example.org";
    private static final String PATH = "/p/" + "a".repeat(60);
    private static final List<String> TOPICS = List.of("Edge AI", "Art & law");

    private SpecimenPages() {}

    static List<ReaderPage> all() {
        List<ReaderPage> pages = new ArrayList<>();
        ReaderPage.SignUp form = signUp("", List.of());
        pages.add(new ReaderPage.Front(form, List.of(), List.of(), "/archive/"));
        pages.add(new ReaderPage.Front(
                form,
                TOPICS,
                List.of(new ReaderPage.Latest("/archive/specimen-2026-11-23/", "Edge AI: 3 new posts", "23.11.2026")),
                "/archive/"));
        pages.add(new ReaderPage.Choice(List.of(
                new ReaderPage.Offer("Courant", TOPICS, "/subscribe/courant", "/archive/courant/"),
                new ReaderPage.Offer("Kurier", List.of(), "/subscribe/kurier", "/archive/kurier/"))));
        pages.add(form);
        pages.add(signUp("reader", List.of(new Flaw("address", "address"))));
        Stream.of("subscribe", "address").forEach(about -> pages.add(new ReaderPage.Confirm(about, READER, PATH)));
        pages.add(new ReaderPage.Confirmed(PATH));
        pages.add(new ReaderPage.Unsubscribe(PATH));
        pages.add(new ReaderPage.Unsubscribed(PATH + "/undo", PATH + "/all"));
        pages.add(new ReaderPage.Unsubscribed(null, PATH + "/all"));
        pages.add(preferences(true, "", List.of()));
        pages.add(preferences(
                false,
                "soon",
                List.of(
                        new Flaw("topics", "topics"),
                        new Flaw("frequency", "choice"),
                        new Flaw("hour", "choice"),
                        new Flaw("zone", "choice"),
                        new Flaw("pause", "pause"),
                        new Flaw("pause", "pause-range"),
                        new Flaw("form", "choice"),
                        new Flaw("language", "choice"))));
        pages.add(address("", List.of()));
        pages.add(address("reader", List.of(new Flaw("address", "address"), new Flaw("address", "same-address"))));
        pages.add(new ReaderPage.Erase(PATH, PATH, READER, List.of()));
        pages.add(new ReaderPage.Erase(PATH, PATH, READER, List.of(new Flaw("sure", "sure"))));
        NOTICES.forEach(about -> pages.add(new ReaderPage.Notice(about)));
        return pages;
    }

    private static ReaderPage.SignUp signUp(String address, List<Flaw> flaws) {
        return new ReaderPage.SignUp(
                "/subscribe/specimen",
                address,
                address.isEmpty() ? "" : "de",
                List.of(new ReaderPage.Tongue("/?language=de", "de", "Deutsch")),
                "I want to get it by mail.",
                flaws);
    }

    /** @param kept whether all is as it should be */
    private static ReaderPage preferences(boolean kept, String pause, List<Flaw> flaws) {
        return new ReaderPage.Preferences(
                PATH,
                READER,
                kept,
                !kept,
                kept,
                options("edge-ai", "art-and-law"),
                options("each", "daily", "weekly", "monthly"),
                pause,
                "2026-11-24",
                options("7", "18"),
                "Europe/Berlin",
                options("Asia/Tokyo", "Europe/Paris"),
                options("html", "text"),
                "English",
                options("de", "en"),
                flaws,
                new Doors(PATH + "/address", PATH + "/data", PATH + "/erase", "/u/" + "a".repeat(60)));
    }

    private static List<Option> options(String... values) {
        return Stream.of(values)
                .map(value -> new Option(value, value, value.equals(values[0])))
                .toList();
    }

    private static ReaderPage address(String entered, List<Flaw> flaws) {
        return new ReaderPage.Address(PATH, PATH, READER, entered, "I want my mail to come here.", flaws);
    }
}
