package io.courant.issue;

import io.courant.section.Assignment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an issue: a section of a post, with what a reader sees of it.
 *
 * @param section id of the kept section
 * @param heading the section's heading
 * @param post title of the post that it is part of; equal to the heading for a post of one section
 * @param source name of the source
 * @param teaser one or two whole sentences, or empty
 * @param reading time to read the section
 * @param why in words, what brought it to this place
 * @param updated whether its post was edited since it was first seen
 * @param also where else the same story is told
 * @param machineWritten whether the teaser is a summary by a machine
 * @param opening of the item that the issue opens with, the first sentences; else empty
 * @param edited whether an editor wrote the teaser
 */
public record Item(
        long section,
        String heading,
        String post,
        @Nullable URI link,
        String source,
        Instant published,
        String teaser,
        Duration reading,
        Assignment assignment,
        String why,
        boolean updated,
        List<Also> also,
        boolean machineWritten,
        String opening,
        boolean edited) {
    public Item {
        opening = opening == null ? "" : opening; // issues that were frozen before
        also = also == null ? List.of() : List.copyOf(also); // issues that were frozen before stories were merged
    }

    /** An item with a teaser of its own words. */
    public Item(
            long section,
            String heading,
            String post,
            @Nullable URI link,
            String source,
            Instant published,
            String teaser,
            Duration reading,
            Assignment assignment,
            String why,
            boolean updated,
            List<Also> also) {
        this(
                section,
                heading,
                post,
                link,
                source,
                published,
                teaser,
                reading,
                assignment,
                why,
                updated,
                also,
                false,
                "",
                false);
    }

    /**
     * Another post that tells the same story.
     *
     * @param source name of its source
     * @param why in words, what shows that it is the same
     */
    public record Also(String source, @Nullable URI link, String why) {}

    /** The same item without a word about where else its story is told. */
    Item alone() {
        return with(teaser, List.of(), machineWritten, opening, why);
    }

    /** The same item with more of its words. */
    Item opening(String sentences) {
        return with(teaser, also, machineWritten, sentences, why);
    }

    /** The same item with what a machine wrote in place of its teaser. */
    Item summarised(String summary) {
        return with(summary, also, true, opening, why);
    }

    /** The same item with what an editor wrote in place of its teaser and all else that it quotes. */
    Item edited(String words) {
        return new Item(
                section,
                heading,
                post,
                link,
                source,
                published,
                words,
                reading,
                assignment,
                why,
                updated,
                also,
                false,
                "",
                true);
    }

    /** The same item, here for a reason in other words. */
    Item because(String otherWhy) {
        return with(teaser, also, machineWritten, opening, otherWhy);
    }

    /** The same item, whose links lead elsewhere. */
    Item linking(UnaryOperator<URI> elsewhere) {
        List<Also> others = also.stream()
                .map(one -> new Also(one.source(), mapped(one.link(), elsewhere), one.why()))
                .toList();
        return with(mapped(link, elsewhere), teaser, others, machineWritten, opening, why);
    }

    private static @Nullable URI mapped(@Nullable URI link, UnaryOperator<URI> elsewhere) {
        return link == null ? null : elsewhere.apply(link);
    }

    private Item with(String otherTeaser, List<Also> others, boolean byMachine, String otherOpening, String otherWhy) {
        return with(link, otherTeaser, others, byMachine, otherOpening, otherWhy);
    }

    private Item with(
            @Nullable URI otherLink,
            String otherTeaser,
            List<Also> others,
            boolean byMachine,
            String otherOpening,
            String otherWhy) {
        return new Item(
                section,
                heading,
                post,
                otherLink,
                source,
                published,
                otherTeaser,
                reading,
                assignment,
                otherWhy,
                updated,
                others,
                byMachine,
                otherOpening,
                edited);
    }

    /** Where it leads: to its own place, and to others that tell the same story. */
    public Stream<URI> links() {
        return Stream.concat(Stream.ofNullable(link), also.stream().flatMap(other -> Stream.ofNullable(other.link())));
    }

    /** Reading time in whole minutes, at least one. */
    public long minutes() {
        return Math.max(1, Math.round(reading.toSeconds() / 60.0));
    }

    /** Whether the item is a part of a longer post. */
    public boolean isPart() {
        return !heading.equals(post);
    }
}
