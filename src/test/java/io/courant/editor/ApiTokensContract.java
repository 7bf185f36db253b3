package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.editor.ApiToken.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of tokens keeps to. */
public interface ApiTokensContract {
    Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

    Editors editors();

    ApiTokens tokens();

    private ApiTokens.Made make(Role role, Scope... scopes) {
        Editor ada = editors().add(new EditorName("ada"), role, NOW);
        return tokens().make(ada, "the shop", Set.of(scopes), NOW, Duration.ofDays(90));
    }

    @Test
    default void aTokenIsRecognised() {
        ApiTokens.Made made = make(Role.PUBLISHER, Scope.READ, Scope.SEND);
        assertThat(made.text()).matches("courant_[a-z2-7]{52}");
        ApiTokens.Bearer bearer =
                tokens().use(Digest.of(made.text()), NOW.plusSeconds(1)).orElseThrow();
        assertThat(bearer.editor().name()).isEqualTo("ada");
        assertThat(bearer.token().scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.SEND);
        assertThat(tokens().use(Digest.of(made.text() + "a"), NOW)).isEmpty();
    }

    @Test
    default void itMayWhatBothItsScopesAndItsOwnerMay() {
        ApiTokens.Made made = make(Role.PUBLISHER, Scope.EDIT, Scope.SEND);
        editors().changeRole(editors().find("ada").orElseThrow(), Role.EDITOR);
        Digest token = Digest.of(made.text());
        assertThat(tokens().use(token, NOW).orElseThrow())
                .matches(bearer -> bearer.may(Permission.LOOK))
                .matches(bearer -> bearer.may(Permission.EDIT_DRAFTS))
                .matches(bearer -> !bearer.may(Permission.SEE_SUBSCRIBERS), "has no such scope")
                .matches(bearer -> !bearer.may(Permission.SEND), "the owner may not");
        Editor ada = editors().find("ada").orElseThrow();
        editors().changeRole(ada, Role.PUBLISHER);
        assertThat(tokens().use(token, NOW).orElseThrow().may(Permission.SEND)).isTrue();
        editors().changeRole(ada, Role.READER);
        assertThat(tokens().use(token, NOW).orElseThrow().may(Permission.EDIT_DRAFTS))
                .as("asked at each use")
                .isFalse();
    }

    @Test
    default void aTokenSaysOnOneLineWhatItIsForAndEndsWithinTenYears() {
        Editor ada = editors().add(new EditorName("ada"), Role.EDITOR, NOW);
        Set<Scope> read = Set.of(Scope.READ);
        assertThatThrownBy(() -> tokens().make(ada, "x".repeat(101), read, NOW, null))
                .hasMessageContaining("expected one line of 100 characters at most, found 101");
        assertThatThrownBy(() -> tokens().make(ada, "a\nb", read, NOW, null)).hasMessageContaining("one line");
        assertThatThrownBy(() -> tokens().make(ada, "", read, NOW, Duration.ofDays(-1)))
                .hasMessageContaining("expected 1 to 3650 days, found -1");
        assertThatThrownBy(() -> tokens().make(ada, "", read, NOW, Duration.ofDays(99_999_999)))
                .hasMessageContaining("expected 1 to 3650 days");
        assertThat(tokens().list()).isEmpty();
    }

    @Test
    default void aScopeThatWouldBeOfNoUseIsRefused() {
        assertThatThrownBy(() -> make(Role.EDITOR, Scope.EDIT, Scope.SEND))
                .hasMessageContaining("scope 'send' would be of no use: ada is editor");
        assertThat(tokens().list()).isEmpty();
    }

    @Test
    default void theDayOfItsLastUseIsKept() {
        ApiTokens.Made made = make(Role.READER, Scope.READ);
        assertThat(made.token().used()).isNull();
        Digest token = Digest.of(made.text());
        tokens().use(token, NOW);
        tokens().use(token, NOW.plus(Duration.ofHours(30)));
        tokens().use(token, NOW.plus(Duration.ofHours(1)));
        assertThat(tokens().find(made.token().id()).orElseThrow().used()).isEqualTo(LocalDate.of(2026, 11, 21));
    }

    @Test
    default void aTokenThatIsExpiredOrRevokedOrWhoseOwnerIsDisabledLetsNobodyIn() {
        ApiTokens.Made made = make(Role.READER, Scope.READ);
        Digest token = Digest.of(made.text());
        assertThat(tokens().use(token, NOW.plus(Duration.ofDays(90)))).isEmpty();
        Editor ada = editors().find("ada").orElseThrow();
        editors().disable(ada);
        assertThat(tokens().use(token, NOW)).isEmpty();
        editors().enable(ada);
        assertThat(tokens().use(token, NOW)).isPresent();
        assertThat(tokens().revoke(made.token().id(), NOW)).isTrue();
        assertThat(tokens().revoke(made.token().id(), NOW)).isFalse();
        assertThat(tokens().use(token, NOW)).isEmpty();
        assertThat(tokens().list()).singleElement().matches(listed -> !listed.isGood(NOW));
    }

    @Test
    default void aTokenMayLastUntilItIsRevoked() {
        Editor ada = editors().add(new EditorName("ada"), Role.READER, NOW);
        ApiTokens.Made made = tokens().make(ada, "", Set.of(Scope.READ), NOW, null);
        assertThat(tokens().use(Digest.of(made.text()), NOW.plus(Duration.ofDays(4_000))))
                .isPresent();
        assertThat(made.token().expires()).isNull();
    }
}
