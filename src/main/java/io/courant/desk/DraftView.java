package io.courant.desk;

import io.courant.issue.Item;
import io.courant.job.Preview;
import io.courant.report.EditedView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A newsletter's next issue as of now, as programs see it.
 *
 * @param skipped why there is none; null: there is one
 * @param bytes of the HTML
 */
record DraftView(
        String newsletter,
        @Nullable String skipped,
        @Nullable String subject,
        @Nullable String preheader,
        int bytes,
        List<Topic> topics,
        List<Piece> brief,
        List<LeftOut> leftOut,
        List<EditedView> edits,
        List<Finding> findings) {

    record Topic(String topic, String title, List<Piece> items) {}

    /**
     * An item.
     *
     * @param item its number, by which it is edited
     */
    record Piece(
            long item,
            String heading,
            @Nullable String link,
            String source,
            String teaser,
            String why,
            List<String> topics) {
        static Piece of(Preview.Piece piece) {
            Item item = piece.item();
            return new Piece(
                    item.section(),
                    item.heading(),
                    item.link() == null ? null : item.link().toString(),
                    item.source(),
                    item.teaser(),
                    item.why(),
                    piece.topics());
        }
    }

    record LeftOut(long item, String heading, String why) {}

    record Finding(String severity, String rule, String where, String what) {}

    static DraftView of(String newsletter, Preview preview) {
        List<LeftOut> leftOut = preview.leftOut().stream()
                .map(one -> new LeftOut(one.fate().section(), one.fate().heading(), one.why()))
                .toList();
        List<EditedView> edits = preview.edits().stream().map(EditedView::of).toList();
        if (preview instanceof Preview.Nothing nothing) {
            return new DraftView(
                    newsletter, nothing.reason(), null, null, 0, List.of(), List.of(), leftOut, edits, List.of());
        }
        Preview.Ready ready = (Preview.Ready) preview;
        return new DraftView(
                newsletter,
                null,
                ready.subject(),
                ready.preheader(),
                ready.bytes(),
                ready.parts().stream()
                        .map(part -> new Topic(part.topic().id(), part.topic().title(), pieces(part.pieces())))
                        .toList(),
                pieces(ready.brief()),
                leftOut,
                edits,
                ready.flaws().stream()
                        .map(flaw -> new Finding(
                                flaw.severity().name().toLowerCase(Locale.ROOT),
                                flaw.rule(),
                                flaw.where(),
                                flaw.what()))
                        .toList());
    }

    private static List<Piece> pieces(List<Preview.Piece> pieces) {
        return pieces.stream().map(Piece::of).toList();
    }
}
