package io.courant.cli;

import io.courant.bounce.BounceMailbox;
import io.courant.bounce.MailboxException;
import io.courant.job.HomeLock;
import io.courant.job.Onlooker;
import io.courant.job.Runs;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = {
            "Reads what came back to a newsletter's mailbox, and what relays refused, and does what follows."
                    + " Whoever wrote to their unsubscribe address leaves.",
            "Mail is marked as read; none is deleted. To end this at any moment loses nothing and counts nothing twice."
        },
        footer = {"", "Examples:", "  courant bounces read deep-learning", "  courant bounces read deep-learning --stay"
        })
final class BouncesReadCommand extends Operation {
    private static final Duration REST = Duration.ofMinutes(1);

    @Parameters(paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Option(names = "--stay", description = "Stays, and reads what comes when it comes, until Ctrl-C.")
    private boolean stay;

    BouncesReadCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = console();
        try (BounceMailbox mailbox =
                BounceMailbox.at(options().jobFolder().load(name).mailbox())) {
            read(console, mailbox);
            if (stay) {
                console.note("waiting for more; Ctrl-C ends it");
                stay(console, mailbox);
            }
            return ExitCode.DONE;
        }
    }

    /**
     * The home folder is locked only while something is read: others have work to do there. A copy reads nothing, as it
     * sends nothing: what it reads, the original would never see.
     */
    private void read(Console console, BounceMailbox mailbox) {
        try (Program.Session session = openToSend("reading bounces of " + name, false)) {
            session.get(Onlooker.class).listen(console::note);
            Runs.Returned returned = session.get(Runs.class).bounces(name, mailbox);
            returned.problems().forEach(console::problem);
            if (!options().json()) {
                console.result(words(returned));
            } else if (stay) {
                console.jsonLine(returned);
            } else {
                console.json(returned);
            }
        }
    }

    private void stay(Console console, BounceMailbox mailbox) throws InterruptedException {
        boolean more = true;
        while (more) {
            try {
                more = mailbox.await();
                if (more) {
                    read(console, mailbox);
                }
            } catch (HomeLock.HeldException e) {
                Thread.sleep(REST.toMillis()); // what it does comes first
            } catch (MailboxException e) {
                if (!e.isTemporary()) {
                    throw e;
                }
                console.problem(e.getMessage() + "; trying again in a minute");
                Thread.sleep(REST.toMillis());
            }
        }
    }

    static String words(Runs.Returned returned) {
        return Console.count(returned.mails(), "mail") + " came back with "
                + Console.count(returned.reports(), "report")
                + (returned.known() == 0 ? "" : ", " + returned.known() + " of them known before")
                + (returned.problems().isEmpty()
                        ? ""
                        : ", " + returned.problems().size() + " unreadable") + "; "
                + (returned.suppressed() == 1
                        ? "1 address newly suppressed"
                        : returned.suppressed() + " addresses newly suppressed")
                + (returned.left() == 0 ? "" : ", " + returned.left() + " left by mail");
    }
}
