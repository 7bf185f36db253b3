package io.courant.job;

import io.courant.delivery.Press.Proof;
import io.courant.issue.Choice;
import io.courant.issue.Edit;
import io.courant.issue.Item;
import io.courant.issue.NewSections.Fate;
import io.courant.render.Flaw;
import io.courant.section.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A newsletter's next issue as an editor sees it, or why there is none. */
public sealed interface Preview {
    /** What was left out lately, and why; what does not fit first, then the newest first. */
    List<LeftOut> leftOut();

    /** The edits that count for it, in the order of editing. */
    List<Edit> edits();

    /**
     * An issue that could be frozen.
     *
     * @param subject as it would be sent
     * @param preheader what mail programs show after the subject
     * @param brief the items by title only
     * @param bytes of the HTML as it is sent
     * @param flaws what lint finds in the mail, errors first
     * @param html as a sample reader's mail program shows it, pictures included
     * @param source the whole message as it would be sent to that reader
     */
    record Ready(
            Proof.Printed proof,
            String subject,
            String preheader,
            List<Part> parts,
            List<Piece> brief,
            List<LeftOut> leftOut,
            List<Edit> edits,
            int bytes,
            List<Flaw> flaws,
            String html,
            String text,
            String source)
            implements Preview {
        public Ready {
            parts = List.copyOf(parts);
            brief = List.copyOf(brief);
            leftOut = List.copyOf(leftOut);
            edits = List.copyOf(edits);
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * No issue.
     *
     * @param reason in words, to follow "skipped: "
     */
    record Nothing(String reason, List<LeftOut> leftOut, List<Edit> edits) implements Preview {
        public Nothing {
            leftOut = List.copyOf(leftOut);
            edits = List.copyOf(edits);
        }
    }

    /** A topic with its items, in their order. */
    record Part(Topic topic, List<Piece> pieces) {
        public Part {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * An item with all that was said of it.
     *
     * @param item as readers see it; {@link Item#why} says why it stands here
     * @param found its heading before any edit
     * @param topics titles of what it is about, the main one first
     * @param choice what an editor wants of it, if anything
     * @param edits those that are about it
     * @param beyond whether the HTML leaves it out for its size
     */
    record Piece(
            Item item,
            String found,
            List<String> topics,
            @Nullable Choice choice,
            List<Edit> edits,
            boolean beyond) {
        public Piece {
            topics = List.copyOf(topics);
            edits = List.copyOf(edits);
        }
    }

    /**
     * Something that is not in it.
     *
     * @param why in words
     */
    record LeftOut(Fate fate, String why) {}
}
