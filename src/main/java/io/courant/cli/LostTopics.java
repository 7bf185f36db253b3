package io.courant.cli;

import io.courant.audience.Readers;
import io.courant.audience.Readers.Strays;
import io.courant.issue.Newsletter;
import io.courant.section.Topic;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells of readers who chose topics that their newsletter has no more. */
final class LostTopics {
    private final Readers readers;

    LostTopics(Readers readers) {
        this.readers = readers;
    }

    void tell(List<Newsletter> newsletters, Console console) {
        for (Newsletter newsletter : newsletters) {
            Strays strays = readers.strays(newsletter.name(), known(newsletter.topics()));
            if (strays.readers() > 0) {
                console.note(newsletter.name() + ": " + words(strays));
            }
        }
    }

    private static Set<String> known(List<Topic> topics) {
        return topics.stream()
                .flatMap(topic -> Stream.concat(Stream.of(topic.id()), topic.was().stream()))
                .collect(Collectors.toSet());
    }

    private static String words(Strays strays) {
        String ids = String.join(", ", strays.topics());
        return Console.count(strays.readers(), "reader") + " chose topics that the newsletter has no more (" + ids
                + ")"
                + (strays.lost() == 0 ? "" : "; no mail comes to " + strays.lost() + " of them, who chose no other")
                + "; add 'was: ["
                + (strays.topics().size() == 1 ? ids : "OLD-ID") + "]' to the topic that took its place";
    }
}
