package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.Suppression;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "allow",
        mixinStandardHelpOptions = true,
        description = {
            "Allows mail to an address that was suppressed, and says why it was. Who unsubscribed stays unsubscribed.",
            "An address that a subscriber gave up for another can be imported again.",
            "Of an address that was erased it is forgotten that it was: it can be imported again. That takes a yes."
        },
        footer = {"", "Example:", "  courant subscribers allow someone@example.org"})
final class SubscribersAllowCommand extends Operation {
    @Parameters(paramLabel = "ADDRESS", description = "The address.")
    private String address = "";

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    SubscribersAllowCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        EmailAddress whose = new EmailAddress(address);
        try (Program.Session session = open()) {
            if (session.get(Erasures.class).isErased(whose)) {
                return allowErased(console, session, whose);
            }
            boolean former = session.get(Erasures.class).liftFormer(whose);
            if (former) {
                console.result(
                        whose + ": a subscriber had it before they changed to another; it can be imported again");
            }
            Optional<Suppression> was = session.get(Subscribers.class).allow(whose);
            if (former && was.isEmpty()) {
                return ExitCode.DONE;
            }
            if (was.isEmpty()) {
                console.problem(whose + ": is not suppressed; 'courant subscribers suppressed' lists who is");
                return ExitCode.FAILED;
            }
            Operator.note(session, "subscribers allow", Operator.subscriber(session, whose), "");
            console.result(whose + ": allowed; it was suppressed since "
                    + was.get().since() + " (" + was.get().reason() + ")");
            return ExitCode.DONE;
        }
    }

    private int allowErased(Console console, Program.Session session, EmailAddress whose) {
        if (!confirmation.isGiven(
                spec(),
                whose + ": its owner had their data erased; to write to them again takes their own wish,"
                        + " which you must be able to prove")) {
            console.note("it stays erased");
            return ExitCode.FAILED;
        }
        session.get(Erasures.class).lift(whose);
        session.get(Subscribers.class).allow(whose);
        Operator.note(session, "subscribers allow", "", "somebody who was erased");
        console.result(whose + ": was erased, and can be imported again");
        return ExitCode.DONE;
    }
}
