package io.courant.cli;

import io.courant.editor.ApiToken;
import io.courant.editor.ApiTokens;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Ends a token at once and for good.",
        footer = {"", "Example:", "  courant users tokens revoke 3"})
final class UsersTokensRevokeCommand extends Operation {
    @Parameters(paramLabel = "TOKEN", description = "Its number, as 'courant users tokens' shows it.")
    private long token;

    UsersTokensRevokeCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        try (Program.Session session = open()) {
            ApiTokens tokens = session.get(ApiTokens.class);
            ApiToken found = tokens.find(token)
                    .orElseThrow(() ->
                            new IllegalArgumentException("no token " + token + "; 'courant users tokens' lists them"));
            if (!tokens.revoke(token, program().clock().instant())) {
                console().note("token " + token + " is revoked already");
                return ExitCode.DONE;
            }
            Operator.note(session, "users tokens revoke", found.owner(), "token " + token);
            console().note("token " + token + " of " + found.owner() + " is revoked");
            return ExitCode.DONE;
        }
    }
}
