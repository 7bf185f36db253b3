package io.courant.cli;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.report.IssueView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the tokens by which programs use the HTTP API: number, whose, what for, scopes, last use.",
            "The tokens themselves are not kept, so they cannot be shown."
        },
        subcommands = {UsersTokensAddCommand.class, UsersTokensRevokeCommand.class},
        footer = {"", "Examples:", "  courant users tokens", "  courant users tokens add ada --scope read,edit"})
final class UsersTokensCommand extends Operation {
    UsersTokensCommand(Program program) {
        super(program);
    }

    /**
     * A token, as {@code --json} shows it; scripts rely on these names.
     *
     * @param state good, expired or revoked
     * @param lastUsed the day
     */
    record Shown(
            long token,
            String owner,
            String label,
            List<String> scopes,
            String state,
            String made,
            @Nullable String expires,
            @Nullable String lastUsed) {
        static Shown of(ApiToken token, Instant now) {
            Instant expires = token.expires();
            LocalDate used = token.used();
            return new Shown(
                    token.id(),
                    token.owner(),
                    token.label(),
                    token.scopes().stream().sorted().map(IssueView::name).toList(),
                    token.revoked() != null ? "revoked" : token.isGood(now) ? "good" : "expired",
                    seconds(token.made()),
                    expires == null ? null : seconds(expires),
                    used == null ? null : used.toString());
        }

        private static String seconds(Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }

        String line() {
            return "%3d  %-20s %-30s %s%s, %s%s"
                    .formatted(
                            token,
                            owner,
                            String.join(",", scopes),
                            label.isEmpty() ? "" : label + ": ",
                            state,
                            lastUsed == null ? "never used" : "last used " + lastUsed,
                            expires == null || !state.equals("good") ? "" : ", expires " + expires);
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            List<Shown> tokens = session.get(ApiTokens.class).list().stream()
                    .map(token -> Shown.of(token, now))
                    .toList();
            if (options().json()) {
                console.json(tokens);
            } else if (tokens.isEmpty()) {
                console.note("no tokens; 'courant users tokens add NAME --scope read' makes one");
            } else {
                tokens.forEach(token -> console.result(token.line()));
            }
            return ExitCode.DONE;
        }
    }
}
