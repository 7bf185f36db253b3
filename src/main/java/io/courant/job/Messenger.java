package io.courant.job;

import io.courant.post.Caller;
import io.courant.report.Webhooks;
import io.courant.report.Webhooks.Draft;
import io.courant.report.Webhooks.Happening;
import io.courant.report.Webhooks.Message;
import io.courant.report.Webhooks.State;
import io.courant.upkeep.Instance;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells programs elsewhere what happened, signed after Standard Webhooks. What fails is tried again, each time after twice as
 * long, for {@link Webhooks#PATIENCE}; a host that fails is left alone for the rest of a round.
 */
public final class Messenger {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SOME = 200;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(12);
    /** Longer than a post can take, so that two processes do not send the same message. */
    private static final Duration CLAIMED = Duration.ofMinutes(2);

    private static final int GONE = 410;

    private final Webhooks webhooks;
    private final JobFolder jobs;
    private final Instance instance;
    private final InstantSource clock;

    public Messenger(Webhooks webhooks, JobFolder jobs, Instance instance, InstantSource clock) {
        this.instance = instance;
        this.webhooks = webhooks;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Sends what is due; gives back what a person should look at, in words. */
    public List<String> round() {
        if (instance.doubt().isPresent()) {
            return List.of(); // a copy tells nobody anything, as it sends no mail
        }
        Round round = new Round();
        round.tellAll();
        return round.send();
    }

    /** What is found out once, and counts until the round is over. */
    private final class Round {
        private final Map<String, Found> files = new HashMap<>();
        private final Set<URI> failed = new HashSet<>();

        void tellAll() {
            long last = 0;
            for (List<Happening> some = webhooks.happenings(last, SOME);
                    !some.isEmpty();
                    some = webhooks.happenings(last, SOME)) {
                for (Happening happening : some) {
                    if (!waits(happening)) {
                        webhooks.tell(happening, drafts(happening), clock.instant());
                    }
                    last = happening.number();
                }
            }
        }

        /** Who wants to hear of it cannot be known before the newsletter's file is mended. */
        private boolean waits(Happening happening) {
            return happening.newsletter() != null
                    && file(happening.newsletter()).mistaken();
        }

        private List<Draft> drafts(Happening happening) {
            List<Draft> drafts = new ArrayList<>();
            for (String name : happening.newsletter() == null ? jobs.names() : List.of(happening.newsletter())) {
                for (Webhook hook : hooks(name)) {
                    if (hook.events().contains(happening.event())) {
                        drafts.add(new Draft(
                                "msg_" + UUID.randomUUID(),
                                name,
                                hook.url(),
                                happening.event(),
                                body(happening, name),
                                happening.subscriber()));
                    }
                }
            }
            return drafts;
        }

        private List<Webhook> hooks(String newsletter) {
            JobFile job = file(newsletter).job();
            return job == null ? List.of() : job.webhooks();
        }

        private Found file(String newsletter) {
            return files.computeIfAbsent(newsletter, Messenger.this::load);
        }

        List<String> send() {
            List<String> problems = new ArrayList<>();
            for (List<Message> due = due(); !due.isEmpty(); due = due()) {
                for (Message message : due) {
                    if (!failed.contains(message.draft().url())) {
                        send(message).ifPresent(problems::add);
                    }
                }
            }
            return problems;
        }

        private List<Message> due() {
            return webhooks.due(clock.instant(), failed, SOME);
        }

        private Optional<String> send(Message message) {
            Instant now = clock.instant();
            if (!webhooks.claim(message, now, now.plus(CLAIMED))) {
                return Optional.empty();
            }
            Found file = file(message.draft().newsletter());
            if (file.mistaken()) {
                return settle(message, now, new Caller.Answer(0, "its job file has mistakes"));
            }
            Caller.Answer answer = post(message, now, file.job());
            if (answer.status() >= 200 && answer.status() < 300) {
                webhooks.settle(message, State.DELIVERED, now, answer.words());
                return Optional.empty();
            }
            failed.add(message.draft().url());
            return settle(message, now, answer);
        }
    }

    /**
     * What there is of a job file.
     *
     * @param job null: there is none, or it cannot be read
     */
    private record Found(@Nullable JobFile job, boolean mistaken) {}

    private Found load(String newsletter) {
        try {
            return jobs.names().contains(newsletter) ? new Found(jobs.load(newsletter), false) : new Found(null, false);
        } catch (JobFileException e) {
            return new Found(null, true);
        }
    }

    private String body(Happening happening, String newsletter) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("newsletter", newsletter);
        put(data, "issue", happening.issue());
        put(data, "subscriber", happening.subscriber());
        put(data, "kind", happening.kind());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", happening.event());
        body.put("timestamp", Objects.requireNonNullElse(happening.at(), clock.instant()));
        body.put("data", data);
        return JSON.writeValueAsString(body);
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    /** Notes that a message was not taken. */
    private Optional<String> settle(Message message, Instant now, Caller.Answer answer) {
        Instant again = now.plus(wait(message.tries()));
        boolean over = answer.status() == GONE || again.isAfter(message.made().plus(Webhooks.PATIENCE));
        webhooks.settle(message, over ? State.GIVEN_UP : State.WAITING, again, answer.words());
        return over
                ? Optional.of("webhook " + message.draft().url().getHost() + ": "
                        + message.draft().event()
                        + " is given up (" + answer.words() + "); 'courant webhooks retry "
                        + message.draft().id()
                        + "' sends it again")
                : Optional.empty();
    }

    /** @param tries before this one */
    private static Duration wait(int tries) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(tries, 20));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private Caller.Answer post(Message message, Instant now, @Nullable JobFile job) {
        Draft draft = message.draft();
        Optional<Webhook> hook = Optional.ofNullable(job).stream()
                .flatMap(file -> file.webhooks().stream())
                .filter(one -> one.url().equals(draft.url()))
                .findFirst();
        if (job == null || hook.isEmpty()) {
            return new Caller.Answer(GONE, "jobs/" + draft.newsletter() + ".yaml has no such webhook any more");
        }
        String body = hook.get().addresses() ? withAddress(draft) : draft.body();
        long seconds = now.getEpochSecond();
        try (Caller caller = new Caller(job.fetch().privateHosts())) {
            return caller.post(
                    draft.url(),
                    Map.of(
                            "webhook-id", draft.id(),
                            "webhook-timestamp", String.valueOf(seconds),
                            "webhook-signature", hook.get().signature(draft.id(), seconds, body)),
                    body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Caller.Answer(0, "its secret-file cannot be read");
        }
    }

    /** An address is looked up when it is sent, so that none is kept that its owner had erased. */
    private String withAddress(Draft draft) {
        String address = draft.subscriber() == null ? null : webhooks.address(draft.subscriber());
        if (address == null) {
            return draft.body();
        }
        ObjectNode body = (ObjectNode) JSON.readTree(draft.body());
        ((ObjectNode) body.get("data")).put("address", address);
        return JSON.writeValueAsString(body);
    }
}
