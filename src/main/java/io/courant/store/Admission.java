package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Readers.Reader;
import io.courant.consent.Origin;
import io.courant.consent.Request;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a confirmed request changes among the subscribers, inside a transaction of the caller's. */
final class Admission {
    private static final String ADMIT = """
            insert into subscriber (address, address_key, name, state, joined, language)
            values (:address, :key, '', 'SIGNED_UP', :at, :language)
            on conflict (address_key) do update set language = coalesce(subscriber.language, excluded.language)
            returning id
            """;
    private static final String MOVE = """
            update subscriber set address = :address, address_key = :key where id = :id
            """;
    private static final String PROVE = """
            insert into consent (subscriber_id, newsletter, source, wording,
                                 requested_at, requested_from, confirmed_at, confirmed_from)
            values (:subscriber, :newsletter, :source, :wording, :requestedAt, :requestedFrom, :at, :from)
            """;

    private final JdbcClient write;
    private final JdbcReaders readers;
    private final FormerAddresses former;
    private final Request request;
    private final Instant at;

    Admission(JdbcClient write, JdbcReaders readers, FormerAddresses former, Request request, Instant at) {
        this.write = write;
        this.readers = readers;
        this.former = former;
        this.request = request;
        this.at = at;
    }

    /** The subscriber that the address belongs to from now on, who joins. */
    long signUp() {
        Locale language = request.language();
        long subscriber = write.sql(ADMIT)
                .param("address", request.address().value())
                .param("key", request.address().key())
                .param("at", at.toEpochMilli())
                .param("language", language == null ? null : language.toLanguageTag())
                .query(Long.class)
                .single();
        readers.join(request.newsletter(), subscriber, at);
        former.forget(request.address());
        return subscriber;
    }

    /**
     * The subscriber to whom mail comes from now on; none if who asked is no subscriber any more.
     *
     * @param notices takes what the old address is to be told
     */
    Optional<Long> move(Origin origin, Consumer<Request> notices) {
        Optional<Reader> asked =
                Optional.ofNullable(request.subscriber()).flatMap(id -> readers.find(request.newsletter(), id));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Reader mover = asked.get();
        EmailAddress old = mover.address();
        long subscriber = holder(request.address())
                .filter(holder -> holder != mover.subscriber())
                .map(holder -> handOver(mover, holder))
                .orElseGet(() -> move(mover));
        if (!old.key().equals(request.address().key())) {
            notices.accept(new Request(
                    Request.Kind.NOTICE,
                    request.newsletter(),
                    old,
                    mover.subscriber(),
                    request.language(),
                    "",
                    origin,
                    at));
        }
        return Optional.of(subscriber);
    }

    private Optional<Long> holder(EmailAddress address) {
        return write.sql("select id from subscriber where address_key = :key")
                .param("key", address.key())
                .query(Long.class)
                .optional();
    }

    /** The address is that of another, who gets the newsletter in place of the one who asked, and as they chose. */
    private long handOver(Reader mover, long holder) {
        readers.join(request.newsletter(), holder, at);
        readers.leave(request.newsletter(), mover.subscriber(), at);
        return holder;
    }

    private long move(Reader mover) {
        write.sql(MOVE)
                .param("address", request.address().value())
                .param("key", request.address().key())
                .param("id", mover.subscriber())
                .update();
        former.remember(mover.address(), at);
        former.forget(request.address()); // which is the same one when only its spelling changes
        return mover.subscriber();
    }

    /** Keeps who agreed to what, when, from where and in which words. */
    void prove(long subscriber, Origin origin) {
        write.sql(PROVE)
                .param("subscriber", subscriber)
                .param("newsletter", request.newsletter())
                .param("source", request.kind() == Request.Kind.SIGN_UP ? "sign-up form" : "address change")
                .param("wording", request.wording())
                .param("requestedAt", request.at().toEpochMilli())
                .param("requestedFrom", request.origin().client())
                .param("at", at.toEpochMilli())
                .param("from", origin.client())
                .update();
    }
}
