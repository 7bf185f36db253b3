package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.editor.ApiToken.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    permission         | READER | EDITOR | PUBLISHER | OWNER
                    LOOK               | true   | true   | true      | true
                    EDIT_DRAFTS        | false  | true   | true      | true
                    SEND_TESTS         | false  | true   | true      | true
                    SEE_SUBSCRIBERS    | false  | true   | true      | true
                    APPROVE            | false  | false  | true      | true
                    SEND               | false  | false  | true      | true
                    CHANGE_SUBSCRIBERS | false  | false  | true      | true
                    SEE_AUDIT_LOG      | false  | false  | true      | true
                    SEE_SETTINGS       | false  | false  | false     | true
                    CHANGE_ACCOUNTS    | false  | false  | false     | true
                    CONFIRM_RESTORE    | false  | false  | false     | true
                    """)
    void whatARoleMay(Permission permission, boolean reader, boolean editor, boolean publisher, boolean owner) {
        assertThat(Stream.of(Role.values()).map(role -> role.may(permission)))
                .containsExactly(reader, editor, publisher, owner);
    }

    @Test
    void everyPermissionIsInTheTable() {
        assertThat(Permission.values()).hasSize(11);
    }

    private static Set<Permission> covered(Scope... scopes) {
        ApiToken token = new ApiToken(1, "ada", "", Set.of(scopes), Instant.EPOCH, null, null, null);
        return EnumSet.allOf(Permission.class).stream().filter(token::covers).collect(Collectors.toSet());
    }

    @Test
    void whatAScopeHolds() {
        assertThat(covered(Scope.READ)).containsExactly(Permission.LOOK);
        assertThat(covered(Scope.EDIT))
                .containsExactlyInAnyOrder(Permission.LOOK, Permission.EDIT_DRAFTS, Permission.SEND_TESTS);
        assertThat(covered(Scope.SEND)).containsExactlyInAnyOrder(Permission.LOOK, Permission.APPROVE, Permission.SEND);
        assertThat(covered(Scope.SUBSCRIBERS))
                .containsExactlyInAnyOrder(Permission.LOOK, Permission.SEE_SUBSCRIBERS, Permission.CHANGE_SUBSCRIBERS);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGE_ACCOUNTS", "CONFIRM_RESTORE", "SEE_SETTINGS"})
    void someThingsAreForPeopleOnly(Permission permission) {
        assertThat(covered(Scope.values())).doesNotContain(permission);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "Ada", " ada.l-2_x ", "0"})
    void aNameIsKeptInLowerCase(String name) {
        assertThat(new EditorName(name).value()).isEqualTo(name.strip().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada@example.org", "ada lovelace", "-ada", "адa", "ada\n.b"})
    void aNameIsNoAddressAndNothingThatLooksLikeAnother(String name) {
        assertThatThrownBy(() -> new EditorName(name)).hasMessageContaining("not a name for an editor");
    }
}
