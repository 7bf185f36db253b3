package io.courant.cli;

import io.courant.job.PageServer;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the subscribers' pages until it is told to stop: sign-up, preferences, unsubscribing, the archive.",
            "Each newsletter's pages stand at its 'home'. Leave TLS to a server in front.",
            "Meanwhile it makes and sends each issue when it is due by the job file's 'cron' or 'when'."
        },
        footer = {"", "Examples:", "  courant serve", "  courant serve --host 0.0.0.0 --port 8000"})
final class ServeCommand extends Operation {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen at (default: ${DEFAULT-VALUE}, this machine only).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen at; 0: any that is free (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--no-clock", description = "Makes no issue when one is due: something else calls 'courant run'.")
    private boolean noClock;

    ServeCommand(Program program) {
        super(program);
    }

    /** Where the pages are, as {@code --json} shows it. */
    record Serving(String host, int port, String address) {}

    @Override
    public Integer call() {
        CountDownLatch end = new CountDownLatch(1);
        try (Interruption interruption = new Interruption();
                Program.Session session = open();
                PageServer.Running server = session.get(PageServer.class).start(address());
                Clockwork clockwork = new Clockwork(program(), options().settings(), session, console())) {
            if (!noClock) {
                clockwork.start();
            }
            interruption.endCleanlyBy(end::countDown, () -> {});
            tell(server.port());
            await(end);
            return ExitCode.DONE;
        }
    }

    private InetSocketAddress address() {
        if (port < 0 || port > MAX_PORT) {
            throw new Options.InvalidSetting("--port: expected 0 to " + MAX_PORT + ", found " + port);
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new Options.InvalidSetting("--host: no address '" + host + "'");
        }
        return address;
    }

    private void tell(int bound) {
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound + "/";
        if (options().json()) {
            console().jsonLine(new Serving(host, bound, address));
        } else {
            console().result("serving at " + address);
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
