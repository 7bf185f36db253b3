package io.courant.issue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What edits come to, applied in their order: of two that say the same thing the later counts. What an edit is about may
 * be in no issue any more, or stand elsewhere by now; it changes nothing then.
 */
final class BluePencil {
    private final List<Edit> edits;
    private final Map<Edit.Kind, String> ofIssue = new EnumMap<>(Edit.Kind.class);
    private final Map<String, Edit> headings = new HashMap<>();
    private final Map<String, Edit> teasers = new HashMap<>();
    private List<String> introduction = List.of();

    BluePencil(List<Edit> edits) {
        this.edits = List.copyOf(edits);
        edits.forEach(this::read);
    }

    private void read(Edit edit) {
        switch (edit.kind()) {
            case HEADING -> headings.put(edit.about(), edit);
            case TEASER -> teasers.put(edit.about(), edit);
            case INTRODUCTION -> introduction = edit.paragraphs();
            case SUBJECT, PREHEADER -> ofIssue.put(edit.kind(), edit.value());
            case TOP, BEFORE, AFTER, TOPIC_TOP, TOPIC_BEFORE, TOPIC_AFTER -> {} // followed one after the other
        }
    }

    /** What is said of the issue as a whole. */
    Editorial editorial() {
        return new Editorial(
                introduction,
                ofIssue.getOrDefault(Edit.Kind.SUBJECT, ""),
                ofIssue.getOrDefault(Edit.Kind.PREHEADER, ""));
    }

    /** The heading that an item is to have in place of its own. */
    Optional<String> heading(long section) {
        return Optional.ofNullable(headings.get(String.valueOf(section)))
                .map(Edit::value)
                .filter(heading -> !heading.isEmpty());
    }

    /** The teaser that an item is to have in place of a quotation; an empty one is none. */
    Optional<String> teaser(long section) {
        return Optional.ofNullable(teasers.get(String.valueOf(section))).map(Edit::value);
    }

    /** Topics in the order that is wanted. */
    <T> List<T> topics(List<T> topics, Function<T, String> id) {
        return moved(topics, id, Edit.Kind::isTopicMove);
    }

    /** Items of one topic, or those in brief, in the order that is wanted. */
    <T> List<T> items(List<T> items, Function<T, Long> section) {
        return moved(items, item -> String.valueOf(section.apply(item)), Edit.Kind::isItemMove);
    }

    private <T> List<T> moved(List<T> all, Function<T, String> name, Predicate<Edit.Kind> kind) {
        List<T> order = new ArrayList<>(all);
        List<String> names = new ArrayList<>(all.stream().map(name).toList());
        for (Edit edit : edits) {
            int from = names.indexOf(edit.about());
            boolean top = edit.kind() == Edit.Kind.TOP || edit.kind() == Edit.Kind.TOPIC_TOP;
            if (kind.test(edit.kind()) && from >= 0 && (top || names.contains(edit.value()))) {
                T moving = order.remove(from);
                names.remove(from);
                boolean after = edit.kind() == Edit.Kind.AFTER || edit.kind() == Edit.Kind.TOPIC_AFTER;
                int to = top ? 0 : names.indexOf(edit.value()) + (after ? 1 : 0);
                order.add(to, moving);
                names.add(to, edit.about());
            }
        }
        return List.copyOf(order);
    }
}
