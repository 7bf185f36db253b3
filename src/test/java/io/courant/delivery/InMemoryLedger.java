package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.issue.Draft;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ledger in a map. It checks every transition, passes the contracts, and can be made to fail. */
public final class InMemoryLedger implements Deliveries, Ledger, FrozenIssues {
    private static final Set<DeliveryState> MAY_BE_READ =
            EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.SENDING, DeliveryState.IN_DOUBT);

    private final Map<String, MessageTemplate> messages = new HashMap<>();
    private final Map<IssueId, TreeMap<Long, Row>> rows = new LinkedHashMap<>();
    private final Map<IssueId, FrozenIssue> issues = new LinkedHashMap<>();
    private final Map<IssueId, Draft> drafts = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Readers readers = new Readers();
    private @Nullable Thread owner;
    private long leases;

    /** How many more calls of settle work. */
    int settlesLeft = Integer.MAX_VALUE;

    /** The most that was SENDING at any time. */
    long mostInFlight;

    /** Messages that went past a dot that should have been marked. */
    long unmarkedDots;

    private static final class Row {
        final Subscriber subscriber;
        final List<Attempt> attempts = new ArrayList<>();
        DeliveryState state;
        int attempt;
        int inDoubt;
        long lease;

        @Nullable
        Instant dueAt;

        @Nullable
        Instant firstDeferred;

        @Nullable
        Phase phase;

        final String group;

        Row(Subscriber subscriber, DeliveryState state, String group) {
            this.subscriber = subscriber;
            this.state = state;
            this.group = group;
        }

        Claim claim(Demand demand) {
            DeliveryState from = state;
            become(DeliveryState.SENDING);
            attempt++;
            dueAt = null;
            phase = demand.marksDots() ? Phase.CONNECT : null;
            lease = demand.lease().number();
            int deferrals = (int) attempts.stream()
                    .filter(one -> one.outcome() == DeliveryState.DEFERRED)
                    .count();
            return new Claim(
                    subscriber.id(),
                    subscriber.address().value(),
                    subscriber.joined(),
                    "all",
                    group,
                    from,
                    attempt,
                    inDoubt,
                    deferrals,
                    lease);
        }

        void release() {
            become(DeliveryState.READY);
            attempt--;
        }

        void become(DeliveryState next) {
            if (!state.next().contains(next)) {
                throw new IllegalStateException(state + " cannot become " + next);
            }
            state = next;
        }

        boolean isDue(Instant now) {
            Instant due = dueAt;
            return due != null && !due.isAfter(now);
        }
    }

    public Subscribers subscribers() {
        return readers;
    }

    /** What must never happen: a delivery is gone. */
    public void lose(IssueId issue, long subscriber) {
        rows.getOrDefault(issue, new TreeMap<>()).remove(subscriber);
    }

    @Override
    public Lease lease(IssueId issue, SubscriberRange range, String holder) {
        return new Lease(++leases, range);
    }

    @Override
    public int renew(Lease lease, long settled) {
        return 1;
    }

    @Override
    public void end(Lease lease) {
        // they last for ever
    }

    @Override
    public List<Claim> claim(IssueId issue, Demand demand, Instant now) {
        sameThread();
        List<Claim> claims = new ArrayList<>();
        demand.byGroup().forEach((group, limit) -> claims.addAll(claim(issue, demand, group, limit, now)));
        mostInFlight = Math.max(mostInFlight, counts(issue).getOrDefault(DeliveryState.SENDING, 0L));
        return claims;
    }

    private List<Claim> claim(IssueId issue, Demand demand, String group, int limit, Instant now) {
        List<Claim> claims = new ArrayList<>();
        for (Row row : rows(issue)) {
            boolean wanted = demand.only().isEmpty()
                    ? row.state == DeliveryState.READY || (row.state == DeliveryState.DEFERRED && row.isDue(now))
                    : isOneOf(demand.only(), row.subscriber)
                            && (row.state == DeliveryState.READY || row.state == DeliveryState.DEFERRED);
            boolean belongs =
                    isIn(demand.lease().range(), row) && (group.equals(Demand.ANY_GROUP) || group.equals(row.group));
            if (!wanted || !belongs || claims.size() == limit) {
                continue;
            }
            if (!readers.isActive(row.subscriber)) {
                row.become(DeliveryState.CANCELLED);
                continue;
            }
            claims.add(row.claim(demand));
        }
        return claims;
    }

    private static boolean isOneOf(Set<EmailAddress> addresses, Subscriber subscriber) {
        return addresses.stream()
                .anyMatch(one -> one.key().equals(subscriber.address().key()));
    }

    @Override
    public void markDots(IssueId issue, List<Claim> claims) {
        sameThread();
        claims.forEach(claim -> row(issue, claim.subscriber()).phase = Phase.DOT);
    }

    @Override
    public void reconcile(IssueId issue, List<Settlement> settlements) {
        settle(
                issue,
                settlements.stream()
                        .filter(one -> row(issue, one.subscriber()).state == DeliveryState.SENDING
                                && row(issue, one.subscriber()).attempt == one.attempt()
                                && row(issue, one.subscriber()).lease == one.lease())
                        .toList());
    }

    @Override
    public void release(IssueId issue, Lease lease) {
        rows(issue).stream()
                .filter(row -> row.state == DeliveryState.SENDING && row.lease == lease.number())
                .forEach(Row::release);
    }

    @Override
    public void settle(IssueId issue, List<Settlement> settlements) {
        sameThread();
        if (!settlements.isEmpty() && settlesLeft-- <= 0) {
            throw new IllegalStateException("disk full");
        }
        for (Settlement settlement : settlements) {
            Row row = row(issue, settlement.subscriber());
            if (row.state != DeliveryState.SENDING
                    || row.attempt != settlement.attempt()
                    || row.lease != settlement.lease()) {
                throw new IllegalStateException("settled twice: " + settlement);
            }
            boolean pastDot =
                    settlement.outcome() instanceof Outcome.Accepted || settlement.outcome() instanceof Outcome.InDoubt;
            unmarkedDots += pastDot && row.phase == Phase.CONNECT ? 1 : 0;
            row.become(settlement.outcome().state());
            row.dueAt = settlement.dueAt();
            row.attempt -= settlement.outcome() instanceof Outcome.Untried ? 1 : 0;
            remember(row, settlement.outcome(), settlement.at());
        }
    }

    private static void remember(Row row, Outcome outcome, Instant at) {
        if (outcome instanceof Outcome.InDoubt) {
            row.inDoubt++;
        }
        if (outcome instanceof Outcome.Deferred && row.firstDeferred == null) {
            row.firstDeferred = at;
        }
        boolean silent =
                outcome instanceof Outcome.Untried || (outcome instanceof Outcome.Accepted && row.attempt == 1);
        if (!silent) {
            row.attempts.add(new Attempt(at, outcome.phase(), outcome.said(), row.state));
        }
    }

    @Override
    public int recover(IssueId issue, Instant now, Instant resendAt, int resends) {
        int count = 0;
        for (Row row : rows(issue)) {
            if (row.state == DeliveryState.SENDING && row.phase == Phase.CONNECT) {
                row.release();
            } else if (row.state == DeliveryState.SENDING) {
                row.become(DeliveryState.IN_DOUBT);
                row.dueAt = row.inDoubt < resends ? resendAt : null;
                row.inDoubt++;
                row.attempts.add(new Attempt(now, Phase.DOT, "in flight at a crash", row.state));
                count++;
            }
        }
        return count;
    }

    @Override
    public void clamp(IssueId issue, Instant latestDeferred, Instant latestInDoubt) {
        for (Row row : rows(issue)) {
            Instant due = row.dueAt;
            Instant latest = row.state == DeliveryState.DEFERRED ? latestDeferred : latestInDoubt;
            if (due != null && due.isAfter(latest)) {
                row.dueAt = latest;
            }
        }
    }

    @Override
    public int resend(IssueId issue, Instant now, int resends) {
        int count = 0;
        for (Row row : rows(issue)) {
            boolean released = row.dueAt == null && row.inDoubt <= resends;
            if (row.state == DeliveryState.IN_DOUBT && (row.isDue(now) || released)) {
                row.become(DeliveryState.READY);
                count++;
            }
        }
        return count;
    }

    @Override
    public int assumeSent(IssueId issue) {
        int count = 0;
        for (Row row : rows(issue)) {
            if (row.state == DeliveryState.IN_DOUBT) {
                row.become(DeliveryState.ACCEPTED);
                count++;
            }
        }
        return count;
    }

    @Override
    public int expire(IssueId issue, Instant deferredBefore) {
        int count = 0;
        for (Row row : rows(issue)) {
            Instant first = row.firstDeferred;
            if (row.state == DeliveryState.DEFERRED && first != null && first.isBefore(deferredBefore)) {
                row.become(DeliveryState.EXPIRED);
                count++;
            }
        }
        return count;
    }

    @Override
    public Map<DeliveryState, Long> counts(IssueId issue) {
        Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
        rows(issue).forEach(row -> counts.merge(row.state, 1L, Long::sum));
        return counts;
    }

    @Override
    public Map<DeliveryState, Long> counts(IssueId issue, SubscriberRange range) {
        Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
        rows(issue).stream().filter(row -> isIn(range, row)).forEach(row -> counts.merge(row.state, 1L, Long::sum));
        return counts;
    }

    private static boolean isIn(SubscriberRange range, Row row) {
        return range.first() <= row.subscriber.id() && row.subscriber.id() <= range.last();
    }

    @Override
    public List<Running> running() {
        return List.of();
    }

    @Override
    public List<SubscriberRange> parts(IssueId issue, int size) {
        return List.of(SubscriberRange.ALL);
    }

    @Override
    public List<String> openGroups(IssueId issue, SubscriberRange range) {
        return rows(issue).stream()
                .filter(row -> !row.state.isFinal() && isIn(range, row))
                .map(row -> row.group)
                .distinct()
                .toList();
    }

    @Override
    public Optional<Instant> nextDue(IssueId issue) {
        return rows(issue).stream()
                .filter(row -> row.state == DeliveryState.DEFERRED || row.state == DeliveryState.IN_DOUBT)
                .flatMap(row -> Stream.ofNullable(row.dueAt))
                .min(Comparator.naturalOrder());
    }

    @Override
    public long scheduled(IssueId issue, Instant now) {
        return 0; // it knows no preferences
    }

    @Override
    public long inFlight(IssueId issue) {
        return counts(issue).getOrDefault(DeliveryState.SENDING, 0L);
    }

    @Override
    public Optional<Entry> find(IssueId issue, EmailAddress address) {
        return entries(issue)
                .filter(entry -> entry.address().equalsIgnoreCase(address.value()))
                .findFirst();
    }

    @Override
    public boolean isRecipient(IssueId issue, long subscriber) {
        return rows.getOrDefault(issue, new TreeMap<>()).containsKey(subscriber);
    }

    @Override
    public void forEach(IssueId issue, Consumer<Entry> reader) {
        entries(issue).forEach(reader);
    }

    @Override
    public void forEach(IssueId issue, DeliveryState state, Consumer<Entry> reader) {
        entries(issue).filter(entry -> entry.state() == state).forEach(reader);
    }

    @Override
    public void forEachInDoubt(IssueId issue, Consumer<Entry> reader) {
        entries(issue).filter(entry -> entry.inDoubt() > 0).forEach(reader);
    }

    private Stream<Entry> entries(IssueId issue) {
        return rows(issue).stream()
                .map(row -> new Entry(
                        row.subscriber.id(),
                        row.subscriber.address().value(),
                        row.state,
                        row.inDoubt,
                        row.dueAt,
                        row.attempts));
    }

    @Override
    public void keep(List<MessageTemplate> kept) {
        kept.forEach(message -> messages.put(message.sha256(), message));
    }

    @Override
    public void survey(Newsletter newsletter, Editions editions) {
        editions.of(Editions.Wish.NOTHING_SPECIAL);
    }

    @Override
    public Map<String, Long> readers(IssueId id) {
        return find(id).stream()
                .flatMap(issue -> issue.variants().stream())
                .collect(Collectors.toMap(Variant::name, variant -> (long) rows(id).size()));
    }

    @Override
    public List<Issue> issuedSince(String newsletter, Instant since) {
        return of(newsletter)
                .map(FrozenIssue::issue)
                .filter(issue -> issue.date().isAfter(since))
                .toList();
    }

    @Override
    public Optional<Issue> issue(IssueId id) {
        return find(id).map(FrozenIssue::issue);
    }

    @Override
    public Freezing freeze(Frozen frozen) {
        Issue issue = frozen.issue();
        List<String> items = issue.items().stream()
                .map(Item::section)
                .map(section -> issue.newsletter() + "/" + section)
                .toList();
        if (issues.containsKey(issue.id()) || items.stream().anyMatch(shown::contains)) {
            throw new IllegalStateException("issue " + issue.id() + " or one of its items was frozen before");
        }
        TreeMap<Long, Row> all = new TreeMap<>();
        readers.forEach(entry -> {
            Set<String> wanted = frozen.newsletter().audience().tags();
            Subscriber reader = entry.subscriber();
            boolean belongs = wanted.isEmpty() || reader.tags().stream().anyMatch(wanted::contains);
            if (belongs && reader.state() == Subscriber.State.ACTIVE) {
                all.put(
                        reader.id(),
                        new Row(
                                reader,
                                readers.suppression(reader.address()).isPresent()
                                        ? DeliveryState.SUPPRESSED
                                        : DeliveryState.READY,
                                frozen.groups().of(reader.address())));
            }
        });
        if (all.isEmpty()) {
            return Freezing.FOR_NOBODY;
        }
        shown.addAll(items);
        drafts.put(issue.id(), Objects.requireNonNull(frozen.draft()));
        issues.put(
                issue.id(),
                new FrozenIssue(
                        issue,
                        frozen.subject(),
                        frozen.newsletter().approval()
                                ? FrozenIssue.State.AWAITING_APPROVAL
                                : FrozenIssue.State.APPROVED,
                        all.size(),
                        frozen.imprint(),
                        frozen.prints().stream()
                                .map(print -> new Variant(
                                        print.name(),
                                        print.edition(),
                                        () -> Objects.requireNonNull(messages.get(print.sha256()))))
                                .toList()));
        rows.put(issue.id(), all);
        return Freezing.FROZEN;
    }

    @Override
    public Optional<FrozenIssue> find(IssueId id) {
        return Optional.ofNullable(issues.get(id));
    }

    @Override
    public Optional<Draft> draft(IssueId id) {
        return Optional.ofNullable(drafts.get(id));
    }

    @Override
    public Optional<Headline> headline(IssueId id) {
        return find(id).map(issue -> new Headline(
                id,
                issue.issue().newsletter(),
                issue.issue().date(),
                issue.subject(),
                issue.state(),
                issue.candidates(),
                issue.issue().items().size(),
                issue.issue().carriedOver().size(),
                issue.variants().size(),
                List.of(),
                null,
                issue.state() == FrozenIssue.State.AWAITING_APPROVAL ? 1 : 0,
                List.of()));
    }

    @Override
    public Optional<FrozenIssue.State> state(IssueId id) {
        return find(id).map(FrozenIssue::state);
    }

    @Override
    public Optional<Headline> latest(String newsletter) {
        return list(newsletter).stream().findFirst().flatMap(this::headline);
    }

    @Override
    public List<IssueId> unfinished(String newsletter) {
        return of(newsletter)
                .filter(issue -> !issue.state().isOver())
                .map(issue -> issue.issue().id())
                .toList();
    }

    @Override
    public List<IssueId> list(String newsletter) {
        List<IssueId> newestFirst = new ArrayList<>();
        of(newsletter).forEach(issue -> newestFirst.add(0, issue.issue().id()));
        return newestFirst;
    }

    @Override
    public List<IssueId> published(String newsletter) {
        return list(newsletter).stream().filter(this::isPublished).toList();
    }

    private boolean isPublished(IssueId issue) {
        FrozenIssue.State state = state(issue).orElseThrow();
        return state.isOver()
                ? rows(issue).stream().anyMatch(row -> row.inDoubt > 0 || MAY_BE_READ.contains(row.state))
                : state != FrozenIssue.State.AWAITING_APPROVAL;
    }

    @Override
    public List<String> newsletters() {
        return issues.values().stream()
                .map(issue -> issue.issue().newsletter())
                .distinct()
                .sorted()
                .toList();
    }

    void approve(IssueId id) {
        move(id, FrozenIssue.State.APPROVED, FrozenIssue.State.AWAITING_APPROVAL);
    }

    @Override
    public void pause(IssueId id) {
        move(id, FrozenIssue.State.PAUSED, FrozenIssue.State.APPROVED);
    }

    @Override
    public void stop(IssueId id) {
        move(id, FrozenIssue.State.STOPPED, FrozenIssue.State.APPROVED, FrozenIssue.State.PAUSED);
    }

    @Override
    public void resume(IssueId id) {
        move(id, FrozenIssue.State.APPROVED, FrozenIssue.State.PAUSED, FrozenIssue.State.STOPPED);
    }

    @Override
    public void finish(IssueId id, Instant at) {
        move(
                id,
                FrozenIssue.State.FINISHED,
                FrozenIssue.State.APPROVED,
                FrozenIssue.State.PAUSED,
                FrozenIssue.State.STOPPED);
    }

    @Override
    public void cancel(IssueId id, Instant at) {
        if (find(id).map(issue -> issue.state().isOver()).orElse(true)) {
            return;
        }
        move(
                id,
                FrozenIssue.State.CANCELLED,
                FrozenIssue.State.AWAITING_APPROVAL,
                FrozenIssue.State.APPROVED,
                FrozenIssue.State.PAUSED,
                FrozenIssue.State.STOPPED);
        for (Row row : rows.getOrDefault(id, new TreeMap<>()).values()) {
            if (row.state == DeliveryState.SENDING) {
                row.state = DeliveryState.IN_DOUBT;
                row.inDoubt++;
            } else if (row.state == DeliveryState.READY || row.state == DeliveryState.DEFERRED) {
                row.state = DeliveryState.CANCELLED;
            }
        }
    }

    private void move(IssueId id, FrozenIssue.State to, FrozenIssue.State... from) {
        issues.computeIfPresent(
                id,
                (key, issue) -> List.of(from).contains(issue.state())
                        ? new FrozenIssue(
                                issue.issue(),
                                issue.subject(),
                                to,
                                issue.candidates(),
                                issue.imprint(),
                                issue.variants())
                        : issue);
    }

    private Stream<FrozenIssue> of(String newsletter) {
        return issues.values().stream()
                .filter(issue -> issue.issue().newsletter().equals(newsletter))
                .sorted(Comparator.comparing(issue -> issue.issue().date()));
    }

    /** How many attempts are remembered of all deliveries. */
    long attempts(IssueId issue) {
        return rows(issue).stream().mapToLong(row -> row.attempts.size()).sum();
    }

    private List<Row> rows(IssueId issue) {
        return List.copyOf(rows.getOrDefault(issue, new TreeMap<>()).values());
    }

    private Row row(IssueId issue, long subscriber) {
        Row row = rows.getOrDefault(issue, new TreeMap<>()).get(subscriber);
        if (row == null) {
            throw new IllegalStateException("no delivery of " + issue + " to subscriber " + subscriber);
        }
        return row;
    }

    /** A database connection belongs to one thread. */
    private void sameThread() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("the ledger was touched by a second thread");
        }
    }

    private static final class Readers implements Subscribers {
        private final Map<String, Subscriber> all = new LinkedHashMap<>();
        private final Map<String, Suppression> suppressed = new LinkedHashMap<>();

        boolean isActive(Subscriber subscriber) {
            return find(subscriber.address())
                            .filter(now -> now.state() == Subscriber.State.ACTIVE)
                            .isPresent()
                    && suppression(subscriber.address()).isEmpty();
        }

        @Override
        public Merged merge(List<NewSubscriber> group) {
            for (NewSubscriber one : group) {
                all.put(
                        one.address().key(),
                        new Subscriber(
                                all.size() + 1L,
                                one.address(),
                                one.name(),
                                one.state(),
                                one.tags() == null ? Set.of() : Set.copyOf(one.tags()),
                                one.joined(),
                                null,
                                null,
                                Form.HTML));
            }
            return new Merged(group.size(), 0, 0, 0, 0);
        }

        @Override
        public Merged tryMerge(List<NewSubscriber> group) {
            return new Merged(group.size(), 0, 0, 0, 0);
        }

        @Override
        public void forEach(Consumer<Subscribers.Entry> reader) {
            all.forEach((key, one) -> reader.accept(new Subscribers.Entry(
                    one,
                    Set.of(),
                    Set.of(),
                    suppressed.containsKey(key) ? suppressed.get(key).reason() : null)));
        }

        @Override
        public Optional<Subscriber> find(EmailAddress address) {
            return Optional.ofNullable(all.get(address.key()));
        }

        @Override
        public Optional<Subscriber> find(long id) {
            return all.values().stream().filter(one -> one.id() == id).findFirst();
        }

        @Override
        public List<Subscriber> search(String part, int limit) {
            return all.values().stream()
                    .filter(one -> one.address().key().contains(part))
                    .limit(limit)
                    .toList();
        }

        @Override
        public Census census() {
            return new Census(all.values().stream().filter(this::isActive).count(), 0, 0, suppressed.size());
        }

        @Override
        public void suppress(EmailAddress address, String reason, Instant at) {
            suppressed.putIfAbsent(address.key(), new Suppression(address.key(), reason, at));
        }

        @Override
        public Optional<String> suppression(EmailAddress address) {
            return Optional.ofNullable(suppressed.get(address.key())).map(Suppression::reason);
        }

        @Override
        public void forEachSuppression(Consumer<Suppression> reader) {
            suppressed.values().forEach(reader);
        }

        @Override
        public Optional<Suppression> allow(EmailAddress address) {
            return Optional.ofNullable(suppressed.remove(address.key()));
        }

        @Override
        public void unsubscribe(long subscriber, Instant at) {
            all.replaceAll((key, one) -> one.id() == subscriber
                    ? new Subscriber(
                            one.id(),
                            one.address(),
                            one.name(),
                            Subscriber.State.UNSUBSCRIBED,
                            one.tags(),
                            one.joined(),
                            one.language(),
                            one.zone(),
                            one.form())
                    : one);
        }
    }
}
