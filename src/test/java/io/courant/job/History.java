package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cli.Program;
import io.courant.delivery.Approvals;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.job.ExpectedMail.Issue;
import io.courant.job.ExpectedMail.Person;
import io.courant.lab.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What happens to two newsletters and their readers in some weeks, event by event. */
final class History {
    private static final List<String> NEWSLETTERS = List.of("weekly", "other");
    private static final int RUNS = 30;
    private static final Pattern TITLE = Pattern.compile("\\bNo\\d{4}(edge|priv|none)\\b");
    private static final Map<String, Set<String>> TOPICS =
            Map.of("edge", Set.of("edge-ai"), "priv", Set.of("privacy"), "none", Set.of());

    private final TestHome home;
    private final Runs runs;
    private final FrozenIssues issues;
    private final Approvals approvals;
    private final Readership readership;
    private final Random random;
    private final ExpectedMail expected = new ExpectedMail(TOPICS);
    private final Map<Person, Set<String>> read = new HashMap<>();
    private final Map<IssueId, Issue> open = new LinkedHashMap<>();
    private final Set<String> posts = new TreeSet<>();
    private int mails;

    History(TestHome home, Program.Session session, Random random) {
        this.home = home;
        this.random = random;
        runs = session.get(Runs.class);
        issues = session.get(FrozenIssues.class);
        approvals = session.get(Approvals.class);
        readership = new Readership(home, session, random, NEWSLETTERS);
    }

    /** Lives through it; says how many mails arrived, each as expected. */
    int live() {
        for (int run = 0; run < RUNS; run++) {
            for (int act = random.nextInt(6); act > 0; act--) {
                readership.act();
            }
            for (int post = random.nextInt(4) - 1; post > 0; post--) {
                post();
            }
            for (String newsletter : NEWSLETTERS) {
                run(newsletter);
                home.advance(Duration.ofMinutes(1));
            }
            home.advance(Duration.ofMinutes(120 + random.nextInt(34 * 60)));
        }
        return mails;
    }

    private void post() {
        String kind = List.copyOf(new TreeSet<>(TOPICS.keySet())).get(random.nextInt(3));
        String title = "No%04d%s".formatted(posts.size(), kind);
        String words = random.ints(400, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .replaceAll("(.{7})", "$1 ");
        String about = switch (kind) {
            case "edge" -> "A microcontroller is an edge device.";
            case "priv" -> "Federated learning keeps data at home.";
            default -> "Nothing in particular.";
        };
        String text =
                "---\nlink: https://posts.example.org/%s\n---\n# %s\n\n%s %s.\n".formatted(title, title, about, words);
        try {
            Files.writeString(home.notes().resolve(title + ".md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        posts.add(title);
    }

    /** As {@code courant run} does, and then the editor. */
    private void run(String newsletter) {
        open.values().forEach(expected::strikeOffErased);
        open(newsletter).stream().filter(this::isApproved).forEach(this::send);
        runs.collect(newsletter);
        Optional<IssueId> waiting =
                open(newsletter).stream().filter(id -> !isApproved(id)).findFirst();
        waiting.or(() -> compose(newsletter)).ifPresent(id -> {
            if (isApproved(id)) {
                send(id);
            } else {
                decide(id);
            }
        });
    }

    private List<IssueId> open(String newsletter) {
        return open.keySet().stream()
                .filter(id -> issue(id).newsletter.equals(newsletter))
                .toList();
    }

    private Issue issue(IssueId id) {
        return Objects.requireNonNull(open.get(id));
    }

    private boolean isApproved(IssueId id) {
        return issues.state(id).orElseThrow() == FrozenIssue.State.APPROVED;
    }

    private Optional<IssueId> compose(String newsletter) {
        Issue issue = expected.issue(
                newsletter, posts, new LinkedHashSet<>(readership.people().values()), home.now());
        Optional<IssueId> composed = runs.compose(newsletter).issue();
        assertThat(composed.isPresent())
                .as("whether %s has an issue on %s", newsletter, home.now())
                .isEqualTo(!issue.isForNobody());
        composed.ifPresent(id -> open.put(id, issue));
        return composed;
    }

    private void decide(IssueId id) {
        switch (random.nextInt(4)) {
            case 0 -> cancel(id);
            case 1, 2 -> {
                approvals.approve(id, new Approvals.Assent("grace", home.now(), null, null));
                expected.approve(issue(id), home.now());
                send(id);
            }
            default -> {} // they have not found the time
        }
    }

    private void cancel(IssueId id) {
        issues.cancel(id, home.now());
        expected.end(issue(id));
        open.remove(id);
    }

    private void send(IssueId id) {
        Issue issue = issue(id);
        Map<Person, Set<String>> due = expected.due(issue, home.now());
        int before = home.relay().taken().size();
        boolean broken = random.nextInt(12) == 0;
        int limit = broken ? 1 + random.nextInt(3) : Readership.READERS;
        runs.send(id, new Scope(limit, Set.of()));
        Map<Person, Set<String>> got = new HashMap<>();
        for (Taken mail :
                home.relay().taken().subList(before, home.relay().taken().size())) {
            Person person = readership.people().get(mail.recipient());
            assertThat(person).as("who is written to").isNotNull();
            assertThat(got.put(Objects.requireNonNull(person), titles(mail)))
                    .as("a second mail of an issue")
                    .isNull();
        }
        assertThat(got.size()).isEqualTo(Math.min(limit, due.size()));
        due.keySet().removeIf(person -> broken && !got.containsKey(person));
        readership
                .people()
                .forEach((address, person) -> assertThat(got.get(person))
                        .as("what %s gets of %s on %s", address, id, home.now())
                        .isEqualTo(due.get(person)));
        got.forEach((person, titles) -> {
            Set<String> earlier = read.computeIfAbsent(person, key -> new HashSet<>());
            assertThat(titles).isNotEmpty();
            assertThat(earlier).doesNotContainAnyElementsOf(titles);
            earlier.addAll(titles);
            expected.arrived(issue, person);
        });
        mails += got.size();
        if (issue.isFinal()) {
            assertThat(issues.state(id)).contains(FrozenIssue.State.FINISHED);
            expected.end(issue);
            open.remove(id);
        } else if (broken) {
            cancel(id);
        }
    }

    private static Set<String> titles(Taken mail) {
        Set<String> titles = new TreeSet<>();
        Matcher matcher = TITLE.matcher(mail.content().replace("=\r\n", ""));
        while (matcher.find()) {
            titles.add(matcher.group());
        }
        return titles;
    }
}
