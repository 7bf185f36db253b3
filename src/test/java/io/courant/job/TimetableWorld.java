package io.courant.job;

import io.courant.TestHome;
import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.bounce.Bounces;
import io.courant.consent.Outbox;
import io.courant.consent.Requests;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.issue.DueTime;
import io.courant.issue.DueTimes;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.NewSection;
import io.courant.render.NoteRenderer;
import io.courant.render.TemplateFolder;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import io.courant.section.Section;
import io.courant.section.SectionedPosts.KeptSection;
import io.courant.upkeep.Instance;
import io.courant.upkeep.RunLock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** A newsletter of which only the turns are real: its posts are a number, and its mail a line. */
final class TimetableWorld {
    private static final String ISSUE = "weekly-2008-01-01-";

    private final List<String> events = new ArrayList<>();
    private final Map<IssueId, Headline> issues = new LinkedHashMap<>();
    private final JobFile job;
    private final Reporter reporter;
    private final Turn turn;
    private final Rota rota;
    private Call call;
    private int fresh;

    private TimetableWorld(JobFile job, Path folder, Call first) {
        this.job = job;
        this.call = first;
        FrozenIssues frozen = port(
                FrozenIssues.class,
                Map.of(
                        "latest",
                        name -> issues.values().stream().reduce((one, next) -> next),
                        "headline",
                        id -> Optional.ofNullable(issues.get(id)),
                        "state",
                        id -> Optional.ofNullable(issues.get(id)).map(Headline::state),
                        "unfinished",
                        name -> issues.values().stream()
                                .filter(issue -> issue.state() != FrozenIssue.State.FINISHED)
                                .map(Headline::id)
                                .toList()));
        NewSections sections = port(
                NewSections.class,
                Map.of(
                        "of",
                        newsletter -> IntStream.range(0, fresh)
                                .mapToObj(TimetableWorld::fresh)
                                .toList()));
        reporter = new Reporter(
                frozen,
                port(
                        Ledger.class,
                        Map.of("counts", this::counts, "scheduled", id -> 0L, "nextDue", id -> Optional.empty())),
                port(Bounces.class, Map.of("of", id -> Map.of())),
                this::now);
        Timetable timetable = new Timetable(new KeptDueTimes(), frozen, sections, this::now);
        turn = new Turn(
                Newsroom::new,
                frozen,
                reporter,
                outbox(folder),
                port(Erasures.class, Map.of("clean", nothing -> true)),
                timetable,
                this::now);
        rota = new Rota(timetable, frozen, reporter, this::now);
    }

    /** Where a process is killed. */
    enum Death {
        NONE,
        BEFORE_THE_ISSUE,
        AFTER_THE_ISSUE,
        WHILE_SENDING
    }

    /**
     * Somebody gives the newsletter a turn.
     *
     * @param arrivals how many items have come since the last one
     * @param now whether an editor wants an issue at once
     */
    record Call(Instant at, int arrivals, boolean now, Death death) {}

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** What comes of calls: a line for each issue that is made or sent, and for what is too late. */
    static List<String> run(Path folder, String keys, List<Call> calls) {
        try (TestHome home = new TestHome(folder)) {
            home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\n" + keys);
            JobFile job = new JobFolder(home.jobs(), List.of("digest"), Map.of(), Map.of()).load(TestHome.WEEKLY);
            TimetableWorld world = new TimetableWorld(job, folder, calls.get(0));
            calls.forEach(world::take);
            return world.events;
        }
    }

    private Instant now() {
        return call.at();
    }

    private void take(Call next) {
        call = next;
        fresh += next.arrivals();
        int before = events.size();
        boolean hasTurn = rota.hasTurn(job);
        try {
            turn.take(job, new Turn.Manner(next.now(), false, false), new Witness());
        } catch (Killed e) {
            // what it had written down counts
        }
        if (!hasTurn && !next.now() && events.size() > before) {
            throw new AssertionError("a process that stays would have missed: " + events.get(before));
        }
    }

    private void diesAt(Death place) {
        if (call.death() == place) {
            throw new Killed();
        }
    }

    private Map<DeliveryState, Long> counts(Object issue) {
        boolean sent = Objects.requireNonNull(issues.get(issue)).state() == FrozenIssue.State.FINISHED;
        return Map.of(sent ? DeliveryState.ACCEPTED : DeliveryState.READY, 1L);
    }

    private static NewSection fresh(long number) {
        KeptSection kept = new KeptSection(
                number,
                new Section("One", List.of(), "Something new."),
                number,
                "One",
                null,
                "notes",
                ScheduleOracleTest.BEGIN,
                false);
        return new NewSection(kept, false, false, false, null);
    }

    /** A port that knows a few answers, each by its method's name and first argument. */
    private static <T> T port(Class<T> type, Map<String, Function<Object, Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (port, method, arguments) -> {
                    Function<Object, Object> answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answer.apply(arguments == null ? "" : arguments[0]);
                }));
    }

    private Outbox outbox(Path folder) {
        return new Outbox(
                port(Requests.class, Map.of("forget", before -> 0, "waiting", now -> Set.of())),
                port(Subscribers.class, Map.of()),
                port(Readers.class, Map.of()),
                port(Erasures.class, Map.of()),
                new NoteRenderer(new TemplateFolder(folder.resolve("templates"))),
                new TokenSigner(TokenKeys.in(folder.resolve("keys"))),
                name -> {
                    throw new UnsupportedOperationException(name);
                },
                port(Instance.class, Map.of("doubt", nothing -> Optional.empty())),
                this::now);
    }

    /** Makes issues of whatever there is. */
    private final class Newsroom extends Runs {
        Newsroom() {
            super(
                    port(Instance.class, Map.of()),
                    port(RunLock.class, Map.of()),
                    port(FrozenIssues.class, Map.of()),
                    port(JobOperator.class, Map.of()),
                    port(JobRepository.class, Map.of()),
                    port(Job.class, Map.of()),
                    port(Job.class, Map.of()),
                    port(Job.class, Map.of()),
                    port(Job.class, Map.of()),
                    new Errand(),
                    new Postbag());
        }

        @Override
        public Collected collect(String newsletter) {
            return new Collected(0, 0, List.of(), List.of());
        }

        @Override
        public Composed compose(String newsletter) {
            diesAt(Death.BEFORE_THE_ISSUE);
            if (fresh == 0) {
                return new Composed(Optional.empty(), "nothing is new");
            }
            IssueId id = new IssueId(ISSUE + (issues.size() + 1));
            events.add(now() + " issue " + (issues.size() + 1) + " of " + fresh);
            issues.put(id, headline(id, now(), FrozenIssue.State.APPROVED));
            fresh = 0;
            diesAt(Death.AFTER_THE_ISSUE);
            return new Composed(Optional.of(id), "");
        }
    }

    private static Headline headline(IssueId id, Instant date, FrozenIssue.State state) {
        return new Headline(id, TestHome.WEEKLY, date, "", state, 1, 1, 0, 1, List.of(), null, 0, List.of());
    }

    /** Sends in no time, and writes down what is too late. */
    private final class Witness implements Turn.Company {
        @Override
        public void returned(Runs.Returned returned) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void collected(Runs.Collected collected) {
            // nothing is read
        }

        @Override
        public void note(String line) {
            // for people
        }

        @Override
        public void problem(String line) {
            if (line.startsWith("too late")) {
                events.add(now() + " too late");
            } else {
                throw new AssertionError(line);
            }
        }

        @Override
        public IssueReport send(IssueId issue, Runs.Collected collected) {
            diesAt(Death.WHILE_SENDING);
            events.add(now() + " sent " + issue.value().substring(ISSUE.length()));
            Headline sent = Objects.requireNonNull(issues.get(issue));
            issues.put(issue, headline(issue, sent.date(), FrozenIssue.State.FINISHED));
            return reporter.report(issue).orElseThrow();
        }

        @Override
        public boolean isSpent() {
            return false;
        }

        @Override
        public boolean isInterrupted() {
            return false;
        }
    }

    /** As {@link DueTimes} says. */
    private static final class KeptDueTimes implements DueTimes {
        private final NavigableMap<Instant, DueTime> kept = new TreeMap<>();

        @Override
        public void start(String newsletter, String schedule, Instant since, Instant at) {
            kept.putIfAbsent(since, new DueTime(since, DueTime.Result.BEGUN, at, null, null, schedule));
        }

        @Override
        public Optional<String> schedule(String newsletter) {
            return Optional.ofNullable(kept.firstEntry())
                    .map(first -> first.getValue().words());
        }

        @Override
        public Optional<DueTime> last(String newsletter, Instant until) {
            return Optional.ofNullable(kept.floorEntry(until)).map(Map.Entry::getValue);
        }

        @Override
        public Optional<Instant> began(String newsletter) {
            return kept.isEmpty() ? Optional.empty() : Optional.of(kept.firstKey());
        }

        @Override
        public Optional<DueTime> last(String newsletter) {
            return last(newsletter, Instant.MAX);
        }

        @Override
        public boolean begin(String newsletter, Instant time, @Nullable IssueId before, Instant at) {
            DueTime begun = new DueTime(time, DueTime.Result.RUNNING, at, before, null, "");
            return kept.putIfAbsent(time, begun) == null;
        }

        @Override
        public void end(String newsletter, Instant time, DueTime.Result result, @Nullable IssueId issue, String words) {
            kept.computeIfPresent(
                    time, (key, begun) -> new DueTime(time, result, begun.beganAt(), begun.before(), issue, words));
        }
    }
}
