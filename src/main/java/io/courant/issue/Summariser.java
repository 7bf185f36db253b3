package io.courant.issue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Puts summaries that a machine wrote in the place of teasers, if the newsletter wants that, and marks them. It never
 * fails an issue: where there is no summary fit to be read, the teaser stays. What was answered once is not asked again.
 */
public final class Summariser {
    private static final Logger LOG = LoggerFactory.getLogger(Summariser.class);
    private static final Duration LONGEST = Duration.ofMinutes(5); // for all summaries of an issue
    private static final int FAILURES = 3; // in a row, after which the endpoint is left alone

    private final Summaries summaries;

    public Summariser(Summaries summaries) {
        this.summaries = summaries;
    }

    /**
     * The issue with a summary for each item under a topic; items in brief show none.
     *
     * @param texts what there is to summarise, by the item's section
     */
    public Issue summarised(Newsletter newsletter, Issue issue, Map<Long, String> texts) {
        Summarising settings = newsletter.summarising();
        return settings == null ? issue : new Round(newsletter, settings, texts).of(issue);
    }

    /** The summaries of one issue. */
    private final class Round {
        private final Newsletter newsletter;
        private final Summarising settings;
        private final Map<Long, String> texts;
        private final ChatEndpoint endpoint;
        private final long start = System.nanoTime();
        private final Set<String> reasons = new TreeSet<>();
        private int written;
        private int asked;
        private int failures;

        Round(Newsletter newsletter, Summarising settings, Map<Long, String> texts) {
            this.newsletter = newsletter;
            this.settings = settings;
            this.texts = texts;
            this.endpoint = new ChatEndpoint(settings);
        }

        Issue of(Issue issue) {
            int items = 0;
            List<TopicSection> sections = new ArrayList<>();
            for (TopicSection section : issue.sections()) {
                items += section.items().size();
                sections.add(new TopicSection(
                        section.topic(),
                        section.items().stream().map(this::summarised).toList(),
                        section.trend()));
            }
            LOG.atLevel(reasons.isEmpty() ? Level.INFO : Level.WARN)
                    .log(
                            "issue={} summaries={} asked={} teasers={}{}",
                            issue.id(),
                            written,
                            asked,
                            items - written,
                            reasons.isEmpty() ? "" : ": " + String.join("; ", reasons));
            return issue.with(sections);
        }

        private Item summarised(Item item) {
            String text = texts.getOrDefault(item.section(), "");
            boolean titleOnly = text.isBlank() || text.strip().equals(item.heading());
            if (titleOnly || item.edited()) {
                return item; // a title alone leaves a machine nothing but to invent, an editor's word stands
            }
            Optional<String> summary = summary(item.heading(), text);
            written += summary.isPresent() ? 1 : 0;
            return summary.map(item::summarised).orElse(item);
        }

        private Optional<String> summary(String heading, String text) {
            String question = endpoint.question(heading, text);
            String digest = endpoint.digest(question);
            Optional<String> kept = summaries.find(digest);
            if (kept.isPresent() || !mayAsk()) {
                return kept;
            }
            asked++;
            try {
                String answer = endpoint.answer(question);
                failures = 0;
                String summary = MachineText.checked(answer, newsletter.language());
                summaries.keep(digest, summary);
                return Optional.of(summary);
            } catch (IOException e) {
                failures++;
                reasons.add(String.valueOf(e.getMessage()));
            } catch (MachineText.Unfit e) {
                reasons.add(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures = FAILURES;
                reasons.add("interrupted");
            }
            return Optional.empty();
        }

        private boolean mayAsk() {
            if (failures >= FAILURES || settings.most() == 0) {
                return false;
            }
            boolean many = asked >= settings.most();
            boolean late = System.nanoTime() - start > LONGEST.toNanos();
            if (many || late) {
                reasons.add(
                        many
                                ? "an issue asks for " + settings.most() + " at most"
                                : "an issue takes " + LONGEST.toMinutes() + " minutes at most");
            }
            return !many && !late;
        }
    }
}
