package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Limits;
import io.courant.consent.Origin;
import io.courant.consent.Outbox;
import io.courant.consent.Sender;
import io.courant.delivery.DeliveryPolicy;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.Pace;
import io.courant.delivery.Relay;
import io.courant.delivery.Route;
import io.courant.delivery.Samples;
import io.courant.delivery.Token;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Transport;
import io.courant.issue.Newsletter;
import io.courant.lab.FakeRelay;
import io.courant.lab.Taken;
import io.courant.render.NoteRenderer;
import io.courant.render.TemplateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sign-ups on a real store, with a relay in this process, and a clock that is set. */
final class SignUpDesk implements AutoCloseable {
    static final Newsletter WEEKLY = Samples.newsletter("weekly", List.of());
    static final Newsletter MONTHLY = Samples.newsletter("monthly", List.of());
    static final Origin CLIENT = new Origin("192.0.2.7");
    private static final TemplateFolder TEMPLATES = new TemplateFolder(Path.of("templates"));
    private static final Pattern LINK = Pattern.compile("https://news\\.example\\.org/dl/([cp])/([a-z2-7]+)");
    private static final Relay.Timeouts SHORT = new Relay.Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(9));

    private final Path home;
    private final Limits limits;
    final FakeRelay relay = new FakeRelay().start();
    final TokenSigner signer;
    Instant now = Instant.parse("2026-11-20T06:30:00Z");
    TestStore store;

    SignUpDesk(Path home, Limits limits) {
        this.home = home;
        this.limits = limits;
        this.signer = new TokenSigner(TokenKeys.in(home.resolve("keys")));
        this.store = new TestStore(home);
    }

    /** What a new process would do first. */
    void restart() {
        store.close();
        store = new TestStore(home);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    DoubleOptIn optIn() {
        return new DoubleOptIn(store.requests(), TEMPLATES, limits, () -> now);
    }

    Outbox outbox() {
        return new Outbox(
                store.requests(),
                store.subscribers(),
                store.readers(),
                store.erasures(),
                new NoteRenderer(TEMPLATES),
                signer,
                this::sender,
                store.instance(),
                () -> now);
    }

    private Sender sender(String name) {
        Newsletter newsletter = List.of(WEEKLY, MONTHLY).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no job " + name));
        Relay server = new Relay("127.0.0.1", relay.port(), Relay.Tls.NONE, null, null, SHORT);
        return new Sender(
                newsletter,
                new Transport(
                        List.of(new Route(server, 1, new Pace(1, 0))), DomainGroups.DEFAULT, DeliveryPolicy.DEFAULT),
                List.of());
    }

    void signUp(String address) {
        optIn().request(WEEKLY, address, null, CLIENT);
    }

    /** Signs up, gets the mail and confirms; the subscriber. */
    long join(String address) {
        signUp(address);
        outbox().sendDue();
        optIn().confirm("weekly", request(last()), CLIENT);
        return subscriber(address);
    }

    long subscriber(String address) {
        return store.subscribers().find(new EmailAddress(address)).orElseThrow().id();
    }

    Taken last() {
        return relay.taken().get(relay.taken().size() - 1);
    }

    /** The request that a mail lets its reader confirm. */
    long request(Taken mail) {
        return signer.verify(token(mail, "c"), Token.Purpose.CONFIRM, "weekly")
                .orElseThrow()
                .subject();
    }

    /** The token of the link in a mail's text. */
    static String token(Taken mail, String page) {
        String content = mail.content().replace("=\r\n", "");
        Matcher link = LINK.matcher(content);
        if (!link.find() || !link.group(1).equals(page)) {
            throw new AssertionError("no link to /" + page + "/ in " + content);
        }
        return link.group(2);
    }

    long count(String what) {
        return store.sql().sql("select count(*) from " + what).query(Long.class).single();
    }

    @Nullable
    Object value(String query) {
        return store.sql().sql(query).query().singleValue();
    }

    @Override
    public void close() {
        store.close();
        relay.close();
    }
}
