package io.courant.editor;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a program act for an editor, within its scopes and never beyond what the editor may do at that moment.
 *
 * @param owner name of the editor
 * @param label what it is for, in the editor's words
 * @param expires null: it does not
 * @param used the last day that it was; null: never
 * @param revoked null: it is not
 */
public record ApiToken(
        long id,
        String owner,
        String label,
        Set<Scope> scopes,
        Instant made,
        @Nullable Instant expires,
        @Nullable LocalDate used,
        @Nullable Instant revoked) {
    /** By which people, and programs that look for lost secrets, recognise a token. */
    public static final String PREFIX = "courant_";

    private static final int BYTES = 32;

    public ApiToken {
        scopes = Set.copyOf(scopes);
    }

    /** Whether its scopes hold something. The editor's role is asked beside, by {@link ApiTokens.Bearer#may}. */
    boolean covers(Permission permission) {
        return scopes.stream().anyMatch(scope -> scope.holds(permission));
    }

    /** Whether it can be used. */
    public boolean isGood(Instant now) {
        return revoked == null && (expires == null || now.isBefore(expires));
    }

    static Secret secret() {
        return Secret.of(PREFIX, BYTES);
    }

    /** What a token is for. Accounts, settings and a restored backup are for people only, so no scope holds them. */
    public enum Scope {
        READ,
        EDIT,
        SEND,
        SUBSCRIBERS,
        AUDIT;

        /** Beside {@link Permission#LOOK}, which each of them holds. */
        private Set<Permission> more() {
            return switch (this) {
                case READ -> Set.of();
                case EDIT -> Set.of(Permission.EDIT_DRAFTS, Permission.SEND_TESTS);
                case SEND -> Set.of(Permission.APPROVE, Permission.SEND);
                case SUBSCRIBERS -> Set.of(Permission.SEE_SUBSCRIBERS, Permission.CHANGE_SUBSCRIBERS);
                case AUDIT -> Set.of(Permission.SEE_AUDIT_LOG);
            };
        }

        private boolean holds(Permission permission) {
            return permission == Permission.LOOK || more().contains(permission);
        }

        /** Whether a role may do any of what it is about. */
        public boolean isOfUseTo(Role role) {
            return more().isEmpty() || more().stream().anyMatch(role::may);
        }
    }
}
