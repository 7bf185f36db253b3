package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.ImportOrder;
import io.courant.audience.ImportReport;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers;
import io.courant.cli.Program;
import io.courant.consent.Limits;
import io.courant.consent.Origin;
import io.courant.consent.Request;
import io.courant.consent.Requests;
import io.courant.job.ExpectedMail.Person;
import io.courant.job.ExpectedMail.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Who reads the newsletters of a history, and what they do. */
final class Readership {
    static final int READERS = 12;
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
    private static final Origin ORIGIN = new Origin("192.0.2.7");

    private final TestHome home;
    private final Program.Session session;
    private final Readers readers;
    private final Subscribers subscribers;
    private final Random random;
    private final List<String> newsletters;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private int moves;

    Readership(TestHome home, Program.Session session, Random random, List<String> newsletters) {
        this.home = home;
        this.session = session;
        this.random = random;
        this.newsletters = newsletters;
        readers = session.get(Readers.class);
        subscribers = session.get(Subscribers.class);
        for (int i = 0; i < READERS; i++) {
            people.put("reader" + i + "@example.org", new Person());
        }
    }

    /** By their address of the moment. */
    Map<String, Person> people() {
        return people;
    }

    /** Somebody does something, or is brought in. */
    void act() {
        String address = List.copyOf(people.keySet()).get(random.nextInt(READERS));
        Person person = Objects.requireNonNull(people.get(address));
        String newsletter = newsletters.get(random.nextInt(2));
        int act = random.nextInt(20);
        if (act < 4) {
            bringIn();
            return;
        }
        id(address).ifPresent(id -> {
            switch (act) {
                case 4, 5 -> join(person, newsletter, id);
                case 6 -> leave(person, newsletter, id);
                case 7 -> leaveAll(person, id);
                case 8 -> suppress(address, person);
                case 9 -> erase(address, person);
                case 10, 11 -> move(address, person, newsletter, id);
                default -> choose(person, newsletter, id);
            }
        });
    }

    private Optional<Long> id(String address) {
        return subscribers.find(new EmailAddress(address)).map(one -> one.id());
    }

    private void bringIn() {
        Set<String> addresses = new LinkedHashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            addresses.add(List.copyOf(people.keySet()).get(random.nextInt(READERS)));
        }
        List<Person> erased = addresses.stream()
                .map(address -> Objects.requireNonNull(people.get(address)))
                .filter(person -> person.erased)
                .toList();
        addresses.stream().filter(address -> id(address).isEmpty()).forEach(address -> {
            Person person = Objects.requireNonNull(people.get(address));
            if (!person.erased) {
                newsletters.forEach(one -> person.reading(one).join(home.now()));
            }
        });
        Path file = home.home().resolve("readers.csv");
        try {
            Files.writeString(file, "email\n" + String.join("\n", addresses) + "\n");
            ImportReport report = SubscriberCsv.read(
                    file,
                    subscribers,
                    session.get(Erasures.class),
                    ImportOrder.asIs(false, home.now()),
                    (row, rows) -> {});
            assertThat(report.refusedRows()).isEqualTo(erased.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(Person person, String newsletter, long id) {
        readers.join(newsletter, id, home.now());
        person.reading(newsletter).join(home.now());
    }

    private void leave(Person person, String newsletter, long id) {
        readers.leave(newsletter, id, home.now());
        person.reading(newsletter).reads = false;
    }

    private void leaveAll(Person person, long id) {
        subscribers.unsubscribe(id, home.now());
        newsletters.forEach(newsletter -> person.reading(newsletter).reads = false);
    }

    private void suppress(String address, Person person) {
        if (random.nextInt(3) == 0) {
            subscribers.suppress(new EmailAddress(address), "bounced", home.now());
            person.suppressed = true;
        }
    }

    private void erase(String address, Person person) {
        if (random.nextInt(3) == 0) {
            session.get(Erasures.class).erase(new EmailAddress(address), home.now());
            person.erased = true;
        }
    }

    private void move(String address, Person person, String newsletter, long id) {
        EmailAddress other = new EmailAddress("moved" + moves++ + "@example.org");
        Requests requests = session.get(Requests.class);
        Instant now = home.now();
        Instant before = now.minus(Duration.ofDays(1));
        requests.add(
                new Request(Request.Kind.ADDRESS_CHANGE, newsletter, other, id, null, "words", ORIGIN, now),
                Limits.DEFAULT);
        Requests.Claim claim =
                requests.claim(newsletter, now, before, now.plusSeconds(60)).orElseThrow();
        while (!claim.request().address().equals(other)) { // notices to addresses of earlier moves
            claim = requests.claim(newsletter, now, before, now.plusSeconds(60)).orElseThrow();
        }
        requests.confirm(newsletter, claim.id(), ORIGIN, now, before);
        people.remove(address);
        people.put(other.value(), person);
        person.suppressed = false;
    }

    private void choose(Person person, String newsletter, long id) {
        Set<String> topics = random.nextBoolean()
                ? Set.of()
                : random.nextBoolean() ? Set.of("edge-ai") : Set.of("edge-ai", "privacy");
        Preferences wanted = new Preferences(
                topics,
                List.of(Frequency.values()).get(random.nextInt(4)),
                random.nextBoolean() ? Integer.valueOf(random.nextInt(24)) : null,
                random.nextInt(4) == 0 ? home.now().plus(Duration.ofDays(random.nextInt(9))) : null,
                random.nextBoolean() ? ZoneId.of(ZONES.get(random.nextInt(4))) : null,
                random.nextInt(3) == 0 ? Form.TEXT : Form.HTML,
                random.nextInt(3) == 0 ? Locale.GERMAN : null);
        readers.choose(newsletter, id, wanted, home.now());
        Reading reading = person.reading(newsletter);
        reading.choose(wanted, home.now());
        person.zone = wanted.zone();
    }
}
