package io.courant.desk;

import io.courant.issue.Choice;
import io.courant.issue.Edit;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.job.JobFile;
import io.courant.job.Preview;
import io.courant.render.Flaw;
import io.courant.render.MailRules;
import io.courant.render.SizeBudget;
import io.courant.section.Assignment;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A draft as its page shows it.
 *
 * @param skipped why there is no issue; else empty
 * @param text what is said of the issue as a whole; none if there is no issue
 * @param topics of the newsletter, for whoever corrects one
 * @param exclusive whether an item has one topic at most
 * @param undo what would be taken back; empty if there is nothing
 * @param redo what would count again; empty if there is nothing
 * @param frozen what was made already, and not sent; empty if nothing was
 * @param open the item that was worked at last; empty for none
 */
record DraftSheet(
        String name,
        String title,
        String skipped,
        List<Text> text,
        List<Part> parts,
        List<Entry> brief,
        List<Out> leftOut,
        List<Finding> flaws,
        List<TopicName> topics,
        boolean exclusive,
        String undo,
        String redo,
        String frozen,
        boolean mayMake,
        List<ErrandPages.Told> errands,
        String open) {

    /** What stands around the draft: what can be done with it, and what is under way. */
    record Surroundings(
            Optional<Edit> undone, String frozen, boolean mayMake, List<ErrandPages.Told> errands, String open) {}

    /**
     * What is said of the issue as a whole, how long that may be, and how large the mail is.
     *
     * @param introduction paragraphs with an empty line between them
     */
    record Text(
            String subject,
            int subjectLength,
            int longestSubject,
            String preheader,
            int preheaderLength,
            int longestPreheader,
            String introduction,
            int bytes,
            int wanted,
            int most) {}

    /**
     * A topic with its items.
     *
     * @param before the topic before it,
     * @param after the one after it; empty for none
     */
    record Part(String id, String title, String before, String after, List<Entry> items) {}

    /**
     * An item.
     *
     * @param found its heading before any edit; empty if that is what it has
     * @param choice {@code pin}, {@code lead} or nothing
     * @param edits what was changed about it, and by whom
     * @param topic id of what it is mainly about
     * @param also ids of what else it is about
     * @param byEditor whether an editor said what it is about
     * @param before the item before it; empty for none
     * @param after the one after it; empty for none
     */
    record Entry(
            String section,
            String heading,
            String found,
            String link,
            String source,
            List<String> topics,
            String teaser,
            String why,
            boolean beyond,
            String choice,
            List<String> edits,
            String topic,
            List<String> also,
            boolean byEditor,
            String before,
            String after) {}

    /**
     * What is not in it.
     *
     * @param open whether it could be
     */
    record Out(
            String section,
            String heading,
            String link,
            String source,
            String date,
            String why,
            boolean dropped,
            boolean open) {}

    record Finding(Shown severity, String where, String what) {}

    record TopicName(String id, String title) {}

    static DraftSheet of(JobFile job, Preview preview, Surroundings around) {
        Newsletter newsletter = job.newsletter();
        Optional<Preview.Ready> ready = preview instanceof Preview.Ready found ? Optional.of(found) : Optional.empty();
        List<Edit> edits = preview.edits();
        return new DraftSheet(
                job.name(),
                newsletter.title(),
                preview instanceof Preview.Nothing nothing ? nothing.reason() : "",
                ready.map(DraftSheet::text).stream().toList(),
                ready.map(found -> parts(found.parts())).orElse(List.of()),
                ready.map(found -> entries(found.brief())).orElse(List.of()),
                preview.leftOut().stream().map(out -> out(newsletter, out)).toList(),
                ready.map(Preview.Ready::flaws).orElse(List.of()).stream()
                        .map(DraftSheet::finding)
                        .toList(),
                newsletter.topics().stream()
                        .map(topic -> new TopicName(topic.id(), topic.title()))
                        .toList(),
                newsletter.exclusive(),
                edits.isEmpty() ? "" : edits.get(edits.size() - 1).said(),
                around.undone().map(Edit::said).orElse(""),
                around.frozen(),
                around.mayMake(),
                around.errands(),
                around.open());
    }

    private static Text text(Preview.Ready ready) {
        return new Text(
                ready.subject(),
                length(ready.subject()),
                MailRules.LONGEST_SUBJECT,
                ready.preheader(),
                length(ready.preheader()),
                MailRules.LONGEST_PREHEADER,
                String.join("\n\n", ready.proof().issue().editorial().introduction()),
                ready.bytes(),
                SizeBudget.TARGET,
                MailRules.MAX_HTML_BYTES);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static List<Part> parts(List<Preview.Part> parts) {
        List<Part> shown = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Preview.Part part = parts.get(i);
            shown.add(new Part(
                    part.topic().id(),
                    part.topic().title(),
                    i == 0 ? "" : parts.get(i - 1).topic().id(),
                    i + 1 == parts.size() ? "" : parts.get(i + 1).topic().id(),
                    entries(part.pieces())));
        }
        return shown;
    }

    private static List<Entry> entries(List<Preview.Piece> pieces) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            entries.add(entry(
                    pieces.get(i),
                    i == 0 ? "" : section(pieces.get(i - 1)),
                    i + 1 == pieces.size() ? "" : section(pieces.get(i + 1))));
        }
        return entries;
    }

    private static String section(Preview.Piece piece) {
        return String.valueOf(piece.item().section());
    }

    private static Entry entry(Preview.Piece piece, String before, String after) {
        Item item = piece.item();
        Assignment assignment = item.assignment();
        return new Entry(
                section(piece),
                item.heading(),
                piece.found().equals(item.heading()) ? "" : piece.found(),
                Links.web(item.link()),
                item.source(),
                piece.topics(),
                item.teaser(),
                item.why(),
                piece.beyond(),
                choice(piece.choice()),
                piece.edits().stream().map(Edit::said).distinct().toList(),
                assignment.label(),
                assignment.also(),
                assignment.isByEditor(),
                before,
                after);
    }

    private static String choice(@Nullable Choice choice) {
        return choice == null ? "" : Shown.words(choice);
    }

    private static Out out(Newsletter newsletter, Preview.LeftOut out) {
        var fate = out.fate();
        ZoneId zone = newsletter.zone();
        return new Out(
                String.valueOf(fate.section()),
                fate.heading(),
                Links.web(fate.link()),
                newsletter.sourceName(fate.source()),
                Times.words(fate.published(), zone),
                out.why(),
                fate.isDropped(),
                switch (fate.state()) {
                    case NEW, CARRIED_OVER -> true;
                    case ISSUED, MERGED, EXPIRED -> false;
                });
    }

    private static Finding finding(Flaw flaw) {
        return new Finding(
                flaw.isError() ? new Shown("error", "bad") : new Shown("warning", "warn"), flaw.where(), flaw.what());
    }
}
