package io.courant.issue;

import io.courant.audience.EmailAddress;
import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.post.Source;
import io.courant.section.Beat;
import io.courant.section.Taxonomy;
import io.courant.section.Topic;
import java.net.URI;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a newsletter is: who speaks, from which sources, about which topics, to whom.
 *
 * @param name short and stable: the job file's name without {@code .yaml}
 * @param home web address under which readers find preferences, archive and the unsubscribe page
 * @param exclusive whether a post is about one topic and no other
 * @param template folder in {@code templates/}
 * @param approval whether an editor must approve an issue before it is sent
 * @param summarising whom to ask for summaries; null keeps to quotations
 * @param brand how it looks
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
        boolean exclusive,
        Segment audience,
        String template,
        Quotas quotas,
        boolean approval,
        @Nullable Summarising summarising,
        Brand brand) {
    public Newsletter {
        sources = List.copyOf(sources);
        topics = List.copyOf(topics);
        brand = brand == null ? Brand.NONE : brand; // drafts that were frozen before there were brands
    }

    /** A newsletter that quotes, asks nobody for summaries and looks as its template does. */
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
            boolean exclusive,
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
                exclusive,
                audience,
                template,
                quotas,
                approval,
                null,
                Brand.NONE);
    }

    /** The same newsletter with another look. */
    public Newsletter withBrand(Brand other) {
        return with(language, sources, summarising, other);
    }

    /** The same newsletter, which says in another language all that it does not quote. */
    public Newsletter speaking(Locale other) {
        return with(other, sources, summarising, brand);
    }

    /** The same newsletter with its pages elsewhere. */
    public Newsletter withHome(URI other) {
        return new Newsletter(
                name,
                title,
                from,
                replyTo,
                postalAddress,
                other,
                language,
                zone,
                sources,
                topics,
                exclusive,
                audience,
                template,
                quotas,
                approval,
                summarising,
                brand);
    }

    /** The same newsletter as one that reads nothing and asks nobody any more. */
    public Newsletter withoutSources() {
        return with(language, List.of(), summarising == null ? null : summarising.askingNobody(), brand);
    }

    private Newsletter with(
            Locale otherLanguage, List<Source> otherSources, @Nullable Summarising otherSummarising, Brand otherBrand) {
        return new Newsletter(
                name,
                title,
                from,
                replyTo,
                postalAddress,
                home,
                otherLanguage,
                zone,
                otherSources,
                topics,
                exclusive,
                audience,
                template,
                quotas,
                approval,
                otherSummarising,
                otherBrand);
    }

    /** Web address of the list of all issues, below {@link #home}. */
    public URI archive() {
        return below("archive/");
    }

    /** Web address of what stands below {@link #home}. */
    public URI below(String path) {
        String base = home.toString();
        return URI.create(base + (base.endsWith("/") ? "" : "/") + path);
    }

    /** Web address of an issue's page. */
    public URI page(IssueId issue) {
        return archive().resolve(issue.value() + "/");
    }

    /** What it watches. */
    public Beat beat() {
        return new Beat(name, sources.stream().map(Source::key).toList(), new Taxonomy(topics, exclusive, language));
    }

    /**
     * The topics that those follow who chose these: what took the place of an id that was given up. An id of which
     * nothing is known stays, for who has none of their topics left does not want all.
     */
    public Set<String> followed(Set<String> chosen) {
        if (topics.stream().allMatch(topic -> topic.was().isEmpty())) {
            return chosen;
        }
        Set<String> followed = new LinkedHashSet<>();
        for (String id : chosen) {
            List<String> heirs = topics.stream()
                    .filter(topic -> topic.was().contains(id))
                    .map(Topic::id)
                    .toList();
            followed.addAll(heirs.isEmpty() ? List.of(id) : heirs);
        }
        return followed;
    }

    /** The title that readers see for a topic's id; the id itself for a topic that has left the job file. */
    public String title(String topic) {
        return topics.stream()
                .filter(one -> one.id().equals(topic))
                .map(Topic::title)
                .findFirst()
                .orElse(topic);
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
     * @param perSource items of one source under all topics
     * @param carryOver into how many issues in a row an item may fail to fit before it is too old to be news
     */
    public record Quotas(
            int perTopic, int items, int brief, Map<String, Integer> byTopic, int perSource, int carryOver) {
        /** As many items of a source as there are places. */
        public static final int NO_CAP = 500;

        /** A digest that is read in a few minutes. */
        public static final Quotas DEFAULT = new Quotas(3, 18, 12);

        /** The same quota for every topic. */
        public Quotas(int perTopic, int items, int brief) {
            this(perTopic, items, brief, Map.of(), NO_CAP, 4);
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
