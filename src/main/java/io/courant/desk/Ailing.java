package io.courant.desk;

import io.courant.job.JobFile;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Sources that could not be read lately, in short. */
@Component
final class Ailing {
    private final Sources sources;

    Ailing(Sources sources) {
        this.sources = sources;
    }

    /** @param since when it was last read, by the newsletter's clock */
    record Source(String name, Shown state, String since, String problem, String todo) {}

    /** Those of these newsletters, each once. */
    List<Source> of(List<JobFile> jobs) {
        List<Source> ailing = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JobFile job : jobs) {
            for (io.courant.post.Source source : job.newsletter().sources()) {
                SourceState state = sources.state(source.key());
                boolean isWell = !state.isFailing() && state.standing() == SourceState.Standing.ACTIVE;
                if (!isWell && seen.add(source.key())) {
                    ailing.add(new Source(
                            source.name(),
                            shown(state.standing()),
                            Times.wordsOr(state.read(), job.newsletter().zone(), "never read"),
                            state.problem(),
                            todo(state.standing())));
                }
            }
        }
        return ailing;
    }

    private static Shown shown(SourceState.Standing standing) {
        return switch (standing) {
            case ACTIVE -> new Shown("failing", "warn");
            case PAUSED -> new Shown("paused", "bad");
            case GONE -> new Shown("gone", "bad");
        };
    }

    private static String todo(SourceState.Standing standing) {
        return switch (standing) {
            case ACTIVE -> "It is asked again by itself.";
            case PAUSED -> "It failed too often; it is asked again when an editor resumes it.";
            case GONE -> "Its server says it will not come back: take it out of the job file, or resume it.";
        };
    }
}
