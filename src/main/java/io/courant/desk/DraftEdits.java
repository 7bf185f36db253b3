package io.courant.desk;

import io.courant.issue.Choice;
import io.courant.issue.Edit;
import io.courant.issue.Edits;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.job.Drafts;
import io.courant.job.Wishes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What editors change in a draft. Each change can be taken back: edits one after the other, a choice or a topic by itself. */
@RestController
final class DraftEdits {
    private static final String SAME = "Nothing was changed.";

    private final Sheets sheets;
    private final Gate gate;
    private final Newsletters newsletters;
    private final Drafts drafts;
    private final Edits edits;
    private final Wishes wishes;
    private final InstantSource clock;

    DraftEdits(
            Sheets sheets,
            Gate gate,
            Newsletters newsletters,
            Drafts drafts,
            Edits edits,
            Wishes wishes,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.newsletters = newsletters;
        this.drafts = drafts;
        this.edits = edits;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** Does something about an item, and leads back to it. */
    private ResponseEntity<Void> about(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            String section,
            BiFunction<Newsletter, Fate, String> change) {
        Newsletter newsletter = newsletters.job(name).newsletter();
        long number = number(section);
        return sheets.after(
                request,
                response,
                "/n/" + name + "?item=" + number + "#item-" + number,
                () -> change.apply(newsletter, wishes.item(newsletter, number, clock.instant())));
    }

    private static long number(String section) {
        try {
            return Long.parseLong(section);
        } catch (NumberFormatException e) {
            throw new NoSuchElementException("no item " + section, e);
        }
    }

    @PostMapping("/n/{name}/items/{item}/{choice:pin|lead|drop}")
    ResponseEntity<Void> choose(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("item") String item,
            @PathVariable("choice") String choice) {
        Choice chosen = Choice.valueOf(choice.toUpperCase(Locale.ROOT));
        return about(request, response, name, item, (newsletter, fate) -> {
            wishes.choose(newsletter, fate, chosen, clock.instant());
            String told = switch (chosen) {
                case PIN -> "will be in the next issue.";
                case LEAD -> "will lead the next issue.";
                case DROP -> "will be in no issue; below, among what was left out, you can take that back.";
            };
            gate.note(
                    request,
                    chosen == Choice.DROP ? "drop" : "pin",
                    name,
                    "item " + item + (chosen == Choice.LEAD ? ", as the lead" : ""));
            return "“" + fate.heading() + "” " + told;
        });
    }

    @PostMapping("/n/{name}/items/{item}/{choice:unpin|undrop}")
    ResponseEntity<Void> unchoose(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("item") String item,
            @PathVariable("choice") String choice) {
        boolean dropped = choice.equals("undrop");
        return about(request, response, name, item, (newsletter, fate) -> {
            if (dropped) {
                wishes.unchoose(newsletter, fate, List.of(Choice.DROP), "dropped");
            } else {
                wishes.unchoose(newsletter, fate, List.of(Choice.PIN, Choice.LEAD), "pinned");
            }
            gate.note(request, dropped ? "drop" : "pin", name, "item " + item + ", taken back");
            return "“" + fate.heading() + "” is not " + (dropped ? "dropped" : "pinned") + " any more.";
        });
    }

    @PostMapping("/n/{name}/items/{item}/topics")
    ResponseEntity<Void> assign(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("item") String item,
            @RequestParam("topic") String topic,
            @RequestParam(name = "also", defaultValue = "") List<String> also) {
        return about(request, response, name, item, (newsletter, fate) -> {
            List<String> topics = new ArrayList<>(List.of(topic));
            also.stream().filter(one -> !one.equals(topic)).forEach(topics::add);
            List<String> said = wishes.assign(newsletter, fate, topics, clock.instant());
            gate.note(request, "assign", name, "item " + item + " to " + String.join(", ", topics));
            return "“" + fate.heading() + "” is about "
                    + (said.isEmpty()
                            ? "none of the topics"
                            : String.join(
                                    ", ", said.stream().map(newsletter::title).toList()))
                    + " now, and what reads alike will be, too.";
        });
    }

    @PostMapping("/n/{name}/items/{item}/untopics")
    ResponseEntity<Void> withdraw(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("item") String item) {
        return about(request, response, name, item, (newsletter, fate) -> {
            wishes.withdraw(newsletter, fate);
            gate.note(request, "assign", name, "item " + item + ", taken back");
            return "The topics of “" + fate.heading() + "” are found by its text again.";
        });
    }

    @PostMapping("/n/{name}/items/{item}/words")
    ResponseEntity<Void> words(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("item") String item,
            @RequestParam("heading") String heading,
            @RequestParam("was-heading") String headingBefore,
            @RequestParam("teaser") String teaser,
            @RequestParam("was-teaser") String teaserBefore) {
        return about(request, response, name, item, (newsletter, fate) -> {
            List<Edit> wanted = new ArrayList<>();
            wanted(request, Edit.Kind.HEADING, item, heading, headingBefore).ifPresent(wanted::add);
            wanted(request, Edit.Kind.TEASER, item, teaser, teaserBefore).ifPresent(wanted::add);
            return note(
                    request,
                    newsletter,
                    wanted,
                    Map.of(Edit.Kind.HEADING, headingBefore, Edit.Kind.TEASER, teaserBefore));
        });
    }

    @PostMapping("/n/{name}/items/{item}/move")
    ResponseEntity<Void> move(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("item") String item,
            @RequestParam("place") Place place,
            @RequestParam("beside") String beside) {
        return about(
                request,
                response,
                name,
                item,
                (newsletter, fate) -> note(request, newsletter, List.of(edit(request, place.ofItem, item, beside))));
    }

    /** Where something is to stand. */
    enum Place {
        BEFORE(Edit.Kind.BEFORE, Edit.Kind.TOPIC_BEFORE),
        AFTER(Edit.Kind.AFTER, Edit.Kind.TOPIC_AFTER);

        private final Edit.Kind ofItem;
        private final Edit.Kind ofTopic;

        Place(Edit.Kind ofItem, Edit.Kind ofTopic) {
            this.ofItem = ofItem;
            this.ofTopic = ofTopic;
        }
    }

    @PostMapping("/n/{name}/topics/{topic}/move")
    ResponseEntity<Void> moveTopic(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @PathVariable("topic") String topic,
            @RequestParam("place") Place place,
            @RequestParam("beside") String beside) {
        Newsletter newsletter = newsletters.job(name).newsletter();
        return sheets.after(
                request,
                response,
                "/n/" + name,
                () -> note(request, newsletter, List.of(edit(request, place.ofTopic, topic, beside))));
    }

    @PostMapping("/n/{name}/words")
    ResponseEntity<Void> issueWords(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @RequestParam("subject") String subject,
            @RequestParam("was-subject") String subjectBefore,
            @RequestParam("preheader") String preheader,
            @RequestParam("was-preheader") String preheaderBefore,
            @RequestParam("introduction") String introduction,
            @RequestParam("was-introduction") String introductionBefore) {
        Newsletter newsletter = newsletters.job(name).newsletter();
        return sheets.after(request, response, "/n/" + name, () -> {
            List<Edit> wanted = new ArrayList<>();
            wanted(request, Edit.Kind.SUBJECT, "", subject, subjectBefore).ifPresent(wanted::add);
            wanted(request, Edit.Kind.PREHEADER, "", preheader, preheaderBefore).ifPresent(wanted::add);
            wanted(request, Edit.Kind.INTRODUCTION, "", introduction, introductionBefore)
                    .ifPresent(wanted::add);
            return note(
                    request,
                    newsletter,
                    wanted,
                    Map.of(
                            Edit.Kind.SUBJECT, subjectBefore,
                            Edit.Kind.PREHEADER, preheaderBefore,
                            Edit.Kind.INTRODUCTION, introductionBefore));
        });
    }

    /** An edit, unless the text is what the form came with. */
    private Optional<Edit> wanted(
            HttpServletRequest request, Edit.Kind kind, String about, String text, String before) {
        return plain(text).equals(plain(before))
                ? Optional.empty()
                : Optional.of(edit(
                        request,
                        kind,
                        about,
                        kind == Edit.Kind.INTRODUCTION ? text : text.replaceAll("\\s*\\R\\s*", " ")));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\R", "\n");
    }

    private Edit edit(HttpServletRequest request, Edit.Kind kind, String about, String value) {
        Instant now = clock.instant();
        return Edit.of(kind, about, value, now, gate.required(request).name());
    }

    private String note(HttpServletRequest request, Newsletter newsletter, List<Edit> wanted) {
        return note(request, newsletter, wanted, Map.of());
    }

    /** @param before what the texts were when the form was opened, by kind */
    private String note(
            HttpServletRequest request, Newsletter newsletter, List<Edit> wanted, Map<Edit.Kind, String> before) {
        StringBuilder told = new StringBuilder();
        for (Edit edit : wanted) {
            Optional<Edit> others = others(newsletter, edit, before.get(edit.kind()));
            drafts.note(newsletter, edit);
            gate.note(request, "edit", newsletter.name(), edit.about() + " " + Shown.words(edit.kind()));
            others.ifPresent(other -> told.append(" This took the place of what ")
                    .append(other.by())
                    .append(" wrote meanwhile: “")
                    .append(other.value())
                    .append("”."));
        }
        return wanted.isEmpty() ? SAME : "Saved." + told;
    }

    /** What somebody else has made of the same text since the form was opened: whoever saves cannot have seen it. */
    private Optional<Edit> others(Newsletter newsletter, Edit edit, @Nullable String before) {
        return edits.of(newsletter.name()).stream()
                .filter(one -> one.kind() == edit.kind() && one.about().equals(edit.about()))
                .reduce((earlier, later) -> later)
                .filter(last -> before != null
                        && !last.by().equals(edit.by())
                        && !plain(last.value()).equals(plain(before)));
    }

    @PostMapping("/n/{name}/undo")
    ResponseEntity<Void> undo(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        newsletters.job(name);
        return sheets.after(request, response, "/n/" + name, () -> {
            Edit edit = edits.undo(name).orElseThrow(() -> new IllegalStateException("There is nothing to take back."));
            gate.note(request, "edit --undo", name, edit.about() + " " + Shown.words(edit.kind()));
            return "Taken back: " + edit.said() + ".";
        });
    }

    @PostMapping("/n/{name}/redo")
    ResponseEntity<Void> redo(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        newsletters.job(name);
        return sheets.after(request, response, "/n/" + name, () -> {
            Edit edit = edits.redo(name)
                    .orElseThrow(() -> new IllegalStateException("There is nothing that was taken back."));
            gate.note(request, "edit --redo", name, edit.about() + " " + Shown.words(edit.kind()));
            return "It counts again: " + edit.said() + ".";
        });
    }
}
