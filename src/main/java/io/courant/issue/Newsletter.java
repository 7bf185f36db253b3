package io.courant.issue;

import io.courant.audience.EmailAddress;
import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.post.Source;
import io.courant.section.Topic;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a newsletter is: who speaks, from which sources, about which topics, to whom.
 *
 * @param name short and stable: the job file's name without {@code .yaml}
 * @param home web address under which readers find preferences, archive and the unsubscribe page
 * @param template folder in {@code templates/}
 * @param approval whether an editor must approve an issue before it is sent
 * @param summarising whom to ask for summaries; null keeps to quotations
 */
public record Newsletter(
        String name,
        String title,
        Mailbox from,
        @Nullable EmailAddress replyTo,
        String postalAddress,
        URI home,
        Locale language,
        ZoneId zone,
        List<Source> sources,
        List<Topic> topics,
        Segment audience,
        String template,
        Quotas quotas,
        boolean approval,
        @Nullable Summarising summarising) {
    public Newsletter {
        sources = List.copyOf(sources);
        topics = List.copyOf(topics);
    }

    /** A newsletter that quotes and asks nobody for summaries. */
    public Newsletter(
            String name,
            String title,
            Mailbox from,
            @Nullable EmailAddress replyTo,
            String postalAddress,
            URI home,
            Locale language,
            ZoneId zone,
            List<Source> sources,
            List<Topic> topics,
            Segment audience,
            String template,
            Quotas quotas,
            boolean approval) {
        this(
                name,
                title,
                from,
                replyTo,
                postalAddress,
                home,
                language,
                zone,
                sources,
                topics,
                audience,
                template,
                quotas,
                approval,
                null);
    }

    /** The name that readers see for a source key; the key itself for a source that has left the job file. */
    public String sourceName(String key) {
        return sources.stream()
                .filter(source -> source.key().equals(key))
                .map(Source::name)
                .findFirst()
                .orElse(key);
    }

    /**
     * How much fits into an issue; what does not is carried over to the next.
     *
     * @param perTopic items under one topic
     * @param items items under all topics, the lead included
     * @param brief further items, by title only
     * @param byTopic topic ids that have a quota of their own
     * @param carryOver into how many issues in a row an item may fail to fit before it is too old to be news
     */
    public record Quotas(int perTopic, int items, int brief, Map<String, Integer> byTopic, int carryOver) {
        /** A digest that is read in a few minutes. */
        public static final Quotas DEFAULT = new Quotas(3, 18, 12);

        /** The same quota for every topic. */
        public Quotas(int perTopic, int items, int brief) {
            this(perTopic, items, brief, Map.of(), 4);
        }

        public Quotas {
            byTopic = Map.copyOf(byTopic);
        }

        /** How many items fit under a topic. */
        public int of(String topic) {
            return byTopic.getOrDefault(topic, perTopic);
        }
    }
}
