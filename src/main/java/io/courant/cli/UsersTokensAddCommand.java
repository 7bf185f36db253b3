package io.courant.cli;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import io.courant.editor.Editor;
import io.courant.report.IssueView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a token for a program and prints it, this once.",
            "It may what its scopes hold, and never more than the editor may at that moment: read; edit (drafts, tests);"
                    + " send (approve, schedule, pause, cancel); subscribers."
        },
        footer = {
            "",
            "Examples:",
            "  courant users tokens add ada --scope read",
            "  courant users tokens add ada --scope edit,send --label intranet --expires 90d"
        })
final class UsersTokensAddCommand extends Operation {
    @Mixin
    private final NamedEditor named = new NamedEditor();

    @Option(
            names = "--scope",
            required = true,
            split = ",",
            paramLabel = "SCOPE",
            description = "read, edit, send, subscribers or audit; several with commas. Each holds read.")
    private Set<ApiToken.Scope> scopes = new LinkedHashSet<>();

    @Option(names = "--label", paramLabel = "WORDS", description = "What it is for.")
    private String label = "";

    @Option(
            names = "--expires",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "How long it is good, as in 90d (default: until it is revoked).")
    private @Nullable Duration expires;

    UsersTokensAddCommand(Program program) {
        super(program);
    }

    /** A new token, as {@code --json} shows it; scripts rely on these names. */
    record Made(long token, String text, UsersTokensCommand.Shown about) {}

    @Override
    public Integer call() {
        Console console = console();
        Instant now = program().clock().instant();
        try (Program.Session session = open()) {
            Editor owner = named.find(session);
            ApiTokens.Made made = session.get(ApiTokens.class).make(owner, label, scopes, now, expires);
            ApiToken token = made.token();
            Operator.note(
                    session,
                    "users tokens add",
                    owner.name(),
                    "token " + token.id() + ": "
                            + token.scopes().stream()
                                    .sorted()
                                    .map(IssueView::name)
                                    .collect(Collectors.joining(", ")));
            if (options().json()) {
                console.json(new Made(token.id(), made.text(), UsersTokensCommand.Shown.of(token, now)));
            } else {
                console.result(made.text());
            }
            console.note("keep it as you would a password: it is not shown again; 'courant users tokens revoke "
                    + token.id() + "' ends it");
            return ExitCode.DONE;
        }
    }
}
