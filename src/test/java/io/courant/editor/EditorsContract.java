package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of editors keeps to. */
public interface EditorsContract {
    Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

    Editors editors();

    private Editor add(String name, Role role) {
        return editors().add(new EditorName(name), role, NOW);
    }

    @Test
    default void whoIsAddedIsFoundHoweverTheNameIsTyped() {
        Editor ada = add("Ada", Role.EDITOR);
        assertThat(ada)
                .isEqualTo(new Editor(ada.id(), "ada", Role.EDITOR, false, false, false, NOW, null, ada.epoch()));
        assertThat(editors().find(" ADA ")).contains(ada);
        assertThat(editors().find(ada.id())).contains(ada);
        assertThat(editors().find("bob")).isEmpty();
    }

    @Test
    default void aNameIsTakenOnce() {
        add("ada", Role.OWNER);
        assertThatThrownBy(() -> add("ADA", Role.READER)).hasMessageContaining("there is an editor 'ada' already");
        assertThat(editors().list()).singleElement().extracting(Editor::role).isEqualTo(Role.OWNER);
    }

    @Test
    default void editorsAreListedByName() {
        add("bob", Role.READER);
        add("ada", Role.READER);
        assertThat(editors().list()).extracting(Editor::name).containsExactly("ada", "bob");
    }

    @Test
    default void aRoleThatChangesEndsSessions() {
        Editor ada = add("ada", Role.EDITOR);
        editors().changeRole(ada, Role.PUBLISHER);
        Editor now = editors().find(ada.id()).orElseThrow();
        assertThat(now.role()).isEqualTo(Role.PUBLISHER);
        assertThat(now.epoch()).isGreaterThan(ada.epoch());
    }

    @Test
    default void whoIsDisabledMayDoNothingUntilEnabled() {
        Editor ada = add("ada", Role.PUBLISHER);
        editors().disable(ada);
        Editor now = editors().find("ada").orElseThrow();
        assertThat(now.may(Permission.LOOK)).isFalse();
        assertThat(now.epoch()).isGreaterThan(ada.epoch());
        editors().enable(now);
        assertThat(editors().find("ada").orElseThrow().may(Permission.LOOK)).isTrue();
    }

    @Test
    default void oneOwnerIsAlwaysLeft() {
        Editor ada = add("ada", Role.OWNER);
        Editor bob = add("bob", Role.OWNER);
        editors().changeRole(ada, Role.OWNER);
        editors().disable(bob);
        assertThatThrownBy(() -> editors().disable(ada)).hasMessageContaining("ada is the only owner who can act");
        assertThatThrownBy(() -> editors().changeRole(ada, Role.READER)).hasMessageContaining("only owner");
        editors().changeRole(bob, Role.READER);
        assertThat(editors().find("ada").orElseThrow().may(Permission.CHANGE_ACCOUNTS))
                .isTrue();
    }

    @Test
    default void aNulInANameDoesNoHarm() {
        assertThat(editors().find("a\0da")).isEmpty();
    }

    @Test
    default void whenSomebodyCameInIsKept() {
        Editor ada = add("ada", Role.READER);
        editors().seen(ada, NOW.plusSeconds(5));
        assertThat(editors().find("ada").orElseThrow().seen()).isEqualTo(NOW.plusSeconds(5));
    }
}
