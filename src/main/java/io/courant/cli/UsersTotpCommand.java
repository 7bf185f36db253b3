package io.courant.cli;

import io.courant.editor.Credentials;
import io.courant.editor.Editor;
import io.courant.editor.OneTimeCodes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "totp",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an editor prove with an authenticator app (RFC 6238) as well as with a password.",
            "Prints a secret for the app. It counts once a code of the app was right: --confirm CODE."
        },
        footer = {
            "",
            "Examples:",
            "  courant users totp ada",
            "  courant users totp ada --confirm 287082",
            "  courant users totp ada --off"
        })
final class UsersTotpCommand extends Operation {
    @Mixin
    private final NamedEditor named = new NamedEditor();

    @ArgGroup
    private @Nullable Step step;

    /** What to do, if not to begin. */
    static final class Step {
        @Option(names = "--confirm", paramLabel = "CODE", description = "Asks for codes from now on, if this is right.")
        private @Nullable String code;

        @Option(names = "--off", description = "Asks for codes no longer, as when the app is lost.")
        private boolean off;
    }

    UsersTotpCommand(Program program) {
        super(program);
    }

    /** What an app needs, as {@code --json} shows it; scripts rely on these names. */
    record Offered(String name, String secret, String uri) {}

    /** What stands in for a lost app, as {@code --json} shows it; scripts rely on these names. */
    record Confirmed(String name, List<String> recoveryCodes) {}

    @Override
    public Integer call() {
        try (Program.Session session = open()) {
            Editor editor = named.find(session);
            if (step == null) {
                return offer(session, editor);
            }
            String code = step.code;
            return step.off || code == null ? off(session, editor) : confirm(session, editor, code);
        }
    }

    private int offer(Program.Session session, Editor editor) {
        OneTimeCodes.Offer offer = session.get(OneTimeCodes.class).offer(editor);
        if (options().json()) {
            console()
                    .json(new Offered(editor.name(), offer.secret(), offer.uri().toString()));
        } else {
            console().result(offer.uri().toString());
        }
        console()
                .note("give this to the app, or type the secret " + offer.secret()
                        + " into it; then: courant users totp " + editor.name() + " --confirm CODE");
        return ExitCode.DONE;
    }

    private int confirm(Program.Session session, Editor editor, String code) {
        Optional<List<String>> recovery = session.get(OneTimeCodes.class).confirm(editor, code);
        if (recovery.isEmpty()) {
            console()
                    .problem("that is not the code of this moment, or none was asked for; see that this machine's"
                            + " clock is right, and begin anew with 'courant users totp " + editor.name() + "'");
            return ExitCode.FAILED;
        }
        Operator.note(session, "users totp", editor.name(), "on");
        if (options().json()) {
            console().json(new Confirmed(editor.name(), recovery.get()));
        } else {
            recovery.get().forEach(console()::result);
        }
        console()
                .note("codes are asked for from now on; each of these stands in for one, once, if the app is lost,"
                        + " so keep them where the app is not");
        return ExitCode.DONE;
    }

    private int off(Program.Session session, Editor editor) {
        if (!editor.hasCodes()) {
            console().note("no codes are asked for from " + editor.name());
            return ExitCode.DONE;
        }
        session.get(Credentials.class).dropCodes(editor.id());
        Operator.note(session, "users totp", editor.name(), "off");
        console().note("the password of " + editor.name() + " is enough from now on");
        return ExitCode.DONE;
    }
}
