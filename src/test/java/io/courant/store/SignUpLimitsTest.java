package io.courant.store;

import static io.courant.store.SignUpDesk.MONTHLY;
import static io.courant.store.SignUpDesk.WEEKLY;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Limits;
import io.courant.consent.Origin;
import io.courant.lab.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Nobody can have Courant bomb a mailbox. */
@EachDatabase
class SignUpLimitsTest {
    @TempDir
    private Path home;

    @Test
    void aThousandSignUpsOfOneAddressAreOneMail() {
        try (SignUpDesk desk = new SignUpDesk(home, Limits.DEFAULT)) {
            for (int i = 0; i < 1_000; i++) {
                String spelt = i % 2 == 0 ? "ada@example.org" : "Ada@EXAMPLE.org";
                desk.optIn().request(i % 3 == 0 ? MONTHLY : WEEKLY, spelt, null, new Origin("10.0." + i % 250 + ".1"));
                if (i % 100 == 50) {
                    desk.outbox().sendDue();
                }
            }
            assertThat(desk.count("request"))
                    .as("none was turned away for other reasons")
                    .isEqualTo(1_000);
            desk.outbox().sendDue();
            desk.restart();
            desk.pass(Duration.ofHours(23));
            desk.signUp("ada@example.org");
            desk.outbox().sendDue();

            assertThat(desk.relay.copies().values()).containsExactly(1);
        }
    }

    @Test
    void manyAddressesFromOneBlockAreFewMails() {
        try (SignUpDesk desk = new SignUpDesk(home, Limits.DEFAULT)) {
            for (int i = 0; i < 500; i++) {
                desk.optIn()
                        .request(WEEKLY, "a" + i + "@example.org", null, new Origin("2001:db8:7:" + i % 99 + "::1"));
            }
            desk.restart();
            desk.optIn().request(WEEKLY, "bob@example.org", null, new Origin("2001:db8:7:ffff::1"));
            desk.outbox().sendDue();

            assertThat(desk.relay.taken()).hasSize(Limits.DEFAULT.perBlock());
        }
    }

    @Test
    void aFloodIsOneLineOfTheLogInAnHour() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DoubleOptIn.class);
        logger.addAppender(log);
        try (SignUpDesk desk = new SignUpDesk(home, new Limits(1, 1_000, Duration.ofHours(5)))) {
            for (int i = 0; i < 50; i++) {
                desk.signUp("a" + i + "@example.org");
            }
            assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
            desk.pass(Duration.ofHours(1));
            desk.signUp("ada@example.org");
            assertThat(log.list)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.getFormattedMessage())
                            .isEqualTo("newsletter=weekly limit=BLOCK turns requests away, the first in this hour"));
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void severalProcessesSendNoMailTwice() {
        try (SignUpDesk desk = new SignUpDesk(home, Limits.DEFAULT)) {
            IntStream.range(0, 60)
                    .forEach(i -> desk.optIn()
                            .request(WEEKLY, "a" + i % 40 + "@example.org", null, new Origin("10.0." + i + ".1")));

            int sent = IntStream.range(0, 4)
                    .parallel()
                    .map(process -> desk.outbox().sendDue())
                    .sum();

            assertThat(sent).isEqualTo(40);
            assertThat(desk.relay.copies())
                    .hasSize(40)
                    .allSatisfy((address, copies) -> assertThat(copies).isEqualTo(1));
        }
    }

    /** Whatever is asked for, by whom and when, the mails keep within the limits, and none is missing without reason. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anySequenceKeepsWithinTheLimits(long seed) {
        Random random = new Random(seed);
        Limits limits = new Limits(4, 9, Duration.ofHours(1));
        try (SignUpDesk desk = new SignUpDesk(home, limits)) {
            Map<String, Instant> mailed = new HashMap<>();
            Map<Origin, List<Instant>> asked = new HashMap<>();
            int seen = 0;
            for (int step = 0; step < 250; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> desk.pass(Duration.ofMinutes(random.nextInt(90)));
                    case 1 -> desk.pass(Duration.ofHours(random.nextInt(9)));
                    case 2 -> desk.restart();
                    default -> {
                        Origin origin = new Origin("10.0." + random.nextInt(4) + ".1");
                        String address = "a" + random.nextInt(6) + "@example.org";
                        desk.optIn().request(random.nextBoolean() ? WEEKLY : MONTHLY, address, null, origin);
                        boolean due = room(asked, origin, limits, desk.now) && isLate(mailed.get(address), desk.now);
                        desk.outbox().sendDue();
                        List<Taken> taken = desk.relay.taken();
                        assertThat(taken.size() - seen).as("step %d", step).isEqualTo(due ? 1 : 0);
                        if (due) {
                            assertThat(taken.get(seen).recipient()).isEqualTo(address);
                            mailed.put(address, desk.now);
                        }
                        seen = taken.size();
                    }
                }
            }
            assertThat(seen).isPositive();
        }
    }

    private static boolean isLate(@Nullable Instant last, Instant now) {
        return last == null || !last.isAfter(now.minus(Duration.ofDays(1)));
    }

    /** Whether there was room for one more, which is taken. */
    private static boolean room(Map<Origin, List<Instant>> asked, Origin origin, Limits limits, Instant now) {
        Instant since = now.minus(limits.within());
        asked.replaceAll((one, times) -> times.stream().filter(since::isBefore).toList());
        List<Instant> ofBlock = asked.getOrDefault(origin, List.of());
        boolean room = ofBlock.size() < limits.perBlock()
                && asked.values().stream().mapToInt(List::size).sum() < limits.inAll();
        if (room) {
            asked.put(origin, Stream.concat(ofBlock.stream(), Stream.of(now)).toList());
        }
        return room;
    }
}
