package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Subscribers.NewSubscriber;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of erasures keeps to. */
public interface ErasuresContract {
    Instant NOW = Instant.parse("2026-11-20T06:00:00Z");
    EmailAddress ADA = new EmailAddress("Ada@Bücher.example");

    Erasures erasures();

    Subscribers subscribers();

    @Test
    default void nobodyIsErasedAtFirst() {
        assertThat(erasures().isErased(ADA)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Ada@Bücher.example", "ada@bücher.example", "ADA@xn--bcher-kva.example", "ada@BÜCHER.EXAMPLE"})
    default void anAddressIsErasedHoweverItIsSpelt(String spelling) {
        erasures().erase(ADA, NOW);
        EmailAddress spelt = new EmailAddress(spelling);
        EmailAddress other = new EmailAddress("ada@example.org");
        assertThat(erasures().isErased(spelt)).isTrue();
        assertThat(erasures().among(List.of(other, spelt))).containsExactly(spelt);
    }

    @Test
    default void whoWasErasedIsNotFoundAnyMore() {
        subscribers().merge(List.of(new NewSubscriber(ADA, "Ada", Subscriber.State.ACTIVE, List.of("garden"), NOW)));
        subscribers().suppress(ADA, "complaint", NOW);
        erasures().erase(ADA, NOW);
        assertThat(subscribers().find(ADA)).isEmpty();
        assertThat(subscribers().suppression(ADA)).isEmpty();
    }

    @Test
    default void toEraseTwiceDoesNoHarm() {
        erasures().erase(ADA, NOW);
        erasures().erase(ADA, NOW.plusSeconds(1));
        assertThat(erasures().isErased(ADA)).isTrue();
    }

    @Test
    default void anErasureCanBeLifted() {
        erasures().erase(ADA, NOW);
        assertThat(erasures().lift(ADA)).isTrue();
        assertThat(erasures().isErased(ADA)).isFalse();
        assertThat(erasures().lift(ADA)).isFalse();
    }
}
