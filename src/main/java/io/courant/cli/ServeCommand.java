package io.courant.cli;

import io.courant.editor.Invitations;
import io.courant.job.BrokerException;
import io.courant.job.Crew;
import io.courant.job.DeskServer;
import io.courant.job.InForce;
import io.courant.job.Messenger;
import io.courant.job.Onlooker;
import io.courant.job.PageServer;
import io.courant.job.PartQueue;
import io.courant.job.PartWork;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the subscribers' pages (sign-up, preferences, unsubscribing, the archive) and, at a port of its own, the"
                    + " editors' desk, until it is told to stop.",
            "Each newsletter's pages stand at its 'home'. Leave TLS to a server in front.",
            "Meanwhile it makes and sends each issue when it is due by the job file's 'cron' or 'when'."
        },
        footer = {
            "",
            "Examples:",
            "  courant serve",
            "  courant serve --host 0.0.0.0 --port 8000",
            "  courant serve --no-desk"
        })
final class ServeCommand extends Operation {
    static final String HOST = "127.0.0.1";
    static final String PORT = "8080";
    static final String DESK_PORT = "8081";

    private static final int MAX_PORT = 65_535;
    private static final int MAX_THREADS = 8;

    private static final Duration MESSAGES_EVERY = Duration.ofSeconds(5);

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen at (or COURANT_SERVE_HOST; default: " + HOST + ", this machine only).")
    private @Nullable String hostFlag;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen at; 0: any that is free (or COURANT_SERVE_PORT; default: " + PORT + ").")
    private @Nullable String portFlag;

    @Option(
            names = "--desk-host",
            paramLabel = "ADDRESS",
            description = "The address of the editors' desk (or COURANT_DESK_HOST; default: " + HOST
                    + ", this machine only).")
    private @Nullable String deskHostFlag;

    @Option(
            names = "--desk-port",
            paramLabel = "PORT",
            description = "The port of the editors' desk; 0: any that is free (or COURANT_DESK_PORT; default: "
                    + DESK_PORT + ").")
    private @Nullable String deskPortFlag;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "Where several machines send: manager serves and has workers deliver, worker delivers and serves no"
                            + " pages, all does both (or COURANT_ROLE; default: all).")
    private @Nullable String roleFlag;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Limit.AtLeastOne.class,
            description = "How many parts of an issue a worker delivers at a time (default: ${DEFAULT-VALUE}).")
    private long threads = 1;

    @Option(names = "--no-desk", description = "Serves the subscribers' pages only.")
    private boolean noDesk;

    @Option(names = "--no-clock", description = "Makes no issue when one is due: something else calls 'courant run'.")
    private boolean noClock;

    ServeCommand(Program program) {
        super(program);
    }

    /** Where the pages are, as {@code --json} shows it; desk is null where there is none. */
    record Serving(
            String host, int port, String address, @Nullable String desk) {}

    @Override
    public Integer call() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        options().flag("serve.host", hostFlag, "--host");
        options().flag("serve.port", portFlag, "--port");
        options().flag("desk.host", deskHostFlag, "--desk-host");
        options().flag("desk.port", deskPortFlag, "--desk-port");
        options().flag("role", roleFlag, "--role");
        return options().role() == Role.WORKER ? work(end) : serve(end);
    }

    /** Until it is told to stop; what was begun is finished then, or given back. */
    private int work(CountDownLatch end) throws Exception {
        if (options().settings().broker().isEmpty()) {
            throw new Options.InvalidSetting(
                    "a worker takes its work from a broker, and none is configured; say where it is"
                            + " with broker.host in courant.yaml or COURANT_BROKER_HOST");
        }
        requireKeys(options().settings().home().resolve("keys"));
        try (Interruption interruption = new Interruption();
                Program.Session session = openToSend("working on parts of issues", false)) {
            greet(session.get(Crew.class).queue());
            Onlooker onlooker = session.get(Onlooker.class);
            AutoCloseable worker = session.get(Crew.class).worker().start(session.get(PartWork.class), (int)
                    Math.min(threads, MAX_THREADS));
            interruption.endCleanlyBy(
                    () -> {
                        onlooker.leave();
                        end.countDown();
                    },
                    () -> {});
            if (options().json()) {
                console().jsonLine(new Working(session.get(Crew.class).queue().name()));
            } else {
                console()
                        .result("working for the broker at "
                                + session.get(Crew.class).queue().name());
            }
            await(end);
            worker.close();
            return ExitCode.DONE;
        }
    }

    /** Such as it would make for itself are of no use. */
    private static void requireKeys(Path keys) {
        if (!Files.isDirectory(keys)) {
            throw new Options.InvalidSetting(
                    keys + ": is missing; a worker signs links with the keys of the first machine:"
                            + " copy the folder 'keys' from the home folder there");
        }
    }

    /** Says at once what is wrong with the broker; the worker waits for it all the same. */
    private void greet(PartQueue queue) {
        try {
            queue.waiting();
        } catch (BrokerException e) {
            console().note(e.getMessage() + "; this worker waits for it");
        }
    }

    /** Whom a worker works for, as {@code --json} shows it. */
    record Working(String broker) {}

    private int serve(CountDownLatch end) {
        InetSocketAddress pages = address("serve");
        InetSocketAddress desk = address("desk");
        try (Interruption interruption = new Interruption();
                Program.Session session = open();
                PageServer.Running server = session.get(PageServer.class).start(pages);
                PageServer.Running editors =
                        noDesk ? NOBODY : session.get(DeskServer.class).start(desk);
                Rounds messages = new Rounds(
                        "webhooks",
                        MESSAGES_EVERY,
                        new Troubles(program(), options().settings(), console()),
                        () -> session.get(Messenger.class).round().forEach(console()::problem));
                Clockwork clockwork = new Clockwork(program(), options().settings(), session, console())) {
            messages.start();
            if (!noClock) {
                clockwork.start();
            }
            interruption.endCleanlyBy(end::countDown, () -> {});
            String deskAddress = noDesk ? null : web(desk.getHostString(), editors.port());
            tell(pages.getHostString(), server.port(), deskAddress);
            if (deskAddress != null) {
                invite(session, deskAddress);
            }
            await(end);
            return ExitCode.DONE;
        }
    }

    /** What stands in for the desk where there is none. */
    private static final PageServer.Running NOBODY = new PageServer.Running() {
        @Override
        public int port() {
            return 0;
        }

        @Override
        public void close() {}
    };

    /** The first owner's link, while nobody can come in. */
    private void invite(Program.Session session, String deskAddress) {
        session.get(Invitations.class).first().ifPresent(made -> {
            console().note("nobody can sign in to the desk yet; by this link the owner can:");
            DeskLink.show(console(), options().json(), URI.create(deskAddress), made);
        });
    }

    private InetSocketAddress address(String server) {
        InForce.Setting host = options().settings().inForce().setting(server + ".host");
        InForce.Setting port = options().settings().inForce().setting(server + ".port");
        InetSocketAddress address = new InetSocketAddress(String.valueOf(host.value()), number(port));
        if (address.isUnresolved()) {
            throw new Options.InvalidSetting(host.origin() + ": no address '" + host.value() + "'");
        }
        return address;
    }

    private static int number(InForce.Setting port) {
        try {
            int number = Integer.parseInt(String.valueOf(port.value()));
            if (number >= 0 && number <= MAX_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Options.InvalidSetting(port.origin() + ": expected 0 to " + MAX_PORT + ", found " + port.value());
    }

    private static String web(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    private void tell(String host, int bound, @Nullable String desk) {
        String address = web(host, bound);
        if (options().json()) {
            console().jsonLine(new Serving(host, bound, address, desk));
        } else {
            console().result("serving at " + address);
            if (desk != null) {
                console().result("the desk is at " + desk);
            }
        }
    }

    static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an end like any other
        }
    }
}
