package io.courant.cli;

import io.courant.lab.FakeRelay;
import io.courant.lab.Manner;
import io.courant.lab.RelayLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        description = {
            "Plays an SMTP relay on this machine, until Ctrl-C: it takes mail for anybody and delivers none.",
            "A script has it go wrong, and its log tells 'courant audit' what it took."
        },
        footer = {
            "",
            "Examples:",
            "  courant relay --port 2525 --save mail",
            "  courant relay --script relay.script --log relay.log --json",
            "",
            "A script has a line for each rule, STEP [CONDITION] ANSWER; the first that applies wins:",
            "  rcpt   3%%                    450 4.2.0 try again later",
            "  dot    1%%                    take-and-drop",
            "  rcpt   for late@example.org  550 5.1.1 no such user",
            "  banner first 1               421 4.3.2 not now",
            "  ehlo   every 100             delay 2s",
            "Steps: banner, ehlo, starttls, auth, mail, rcpt, data, content, dot, rset, quit.",
            "Answers: a reply, drop, take-and-drop, take-then-reset, stall, drip, garbage, delay TIME, say TEXT.",
            "Settings: seed N, offer EXTENSION,EXTENSION, connections N, distance TIME (of every reply)."
        })
final class RelayCommand extends Operation {
    @Option(names = "--port", paramLabel = "N", description = "Where to listen (default: any free port).")
    private int port;

    @Option(names = "--script", paramLabel = "FILE", description = "What to do other than taking everything.")
    private @Nullable Path script;

    @Option(names = "--log", paramLabel = "FILE", description = "Notes each message here before answering 250.")
    private @Nullable Path log;

    @Option(names = "--save", paramLabel = "FOLDER", description = "Saves each message here as RECIPIENT.eml.")
    private @Nullable Path folder;

    @ArgGroup(exclusive = false)
    private @Nullable Tls tls;

    @ArgGroup(exclusive = false)
    private @Nullable User user;

    RelayCommand(Program program) {
        super(program);
    }

    /** A key store and its password. */
    private static final class Tls {
        @ArgGroup(multiplicity = "1")
        private KeyStores keyStores = new KeyStores();

        @Option(
                names = "--keystore-password-file",
                required = true,
                paramLabel = "FILE",
                description = "Its first line opens the key store.")
        private Path passwordFile = Path.of("");
    }

    /** One of the two. */
    private static final class KeyStores {
        @Option(
                names = "--starttls",
                required = true,
                paramLabel = "KEYSTORE",
                description = "Offers STARTTLS with the certificate of this PKCS #12 file.")
        private @Nullable Path starttls;

        @Option(
                names = "--tls",
                required = true,
                paramLabel = "KEYSTORE",
                description = "Speaks TLS from the start, with the certificate of this PKCS #12 file.")
        private @Nullable Path tls;
    }

    /** Who may send. */
    private static final class User {
        @Option(names = "--user", required = true, paramLabel = "NAME", description = "Takes mail from this user only.")
        private String name = "";

        @Option(
                names = "--password-file",
                required = true,
                paramLabel = "FILE",
                description = "Its first line is the user's password.")
        private Path passwordFile = Path.of("");
    }

    /** Where clients find it, as {@code --json} shows it. */
    record Listening(String host, int port, long seed) {}

    @Override
    public Integer call() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (Interruption interruption = new Interruption()) {
            FakeRelay relay = new FakeRelay(port);
            try (relay) {
                prepare(relay);
                interruption.endCleanlyBy(end::countDown, () -> {});
                relay.start();
                tellBeginning(relay);
                await(end);
            }
            tellEnd(relay.tally()); // it is closed: this will not change any more
            return ExitCode.DONE;
        }
    }

    private void prepare(FakeRelay relay) throws IOException {
        relay.manner(Manner.PIPELINED_TOGETHER).forgetful();
        if (script != null) {
            relay.script(script);
        }
        if (folder != null) {
            relay.save(folder);
        }
        if (tls != null) {
            char[] password = firstLine(tls.passwordFile).toCharArray();
            if (tls.keyStores.starttls != null) {
                relay.starttls(tls.keyStores.starttls, password);
            }
            if (tls.keyStores.tls != null) {
                relay.tls(tls.keyStores.tls, password);
            }
        }
        if (user != null) {
            relay.login(user.name, firstLine(user.passwordFile));
        }
        if (log != null) {
            relay.log(RelayLog.open(log, program().clock()));
        }
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("");
    }

    private void tellBeginning(FakeRelay relay) {
        Console console = console();
        if (options().json()) {
            console.jsonLine(new Listening("127.0.0.1", relay.port(), relay.seed()));
        } else {
            console.result("listening on 127.0.0.1:" + relay.port());
        }
        if (script != null) {
            console.note("a line 'seed " + relay.seed() + "' in " + script + " repeats what is drawn by chance");
        }
    }

    private void tellEnd(FakeRelay.Tally tally) {
        if (options().json()) {
            console().jsonLine(tally);
        } else {
            console()
                    .result("took %,d messages for %,d recipients, %,d copies in all"
                            .formatted(tally.messages(), tally.recipients(), tally.copies()));
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an end like any other
        }
    }
}
