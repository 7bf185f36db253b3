package io.courant.cli;

import io.courant.job.PageServer;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the subscribers' pages until it is told to stop: sign-up, preferences, unsubscribing, the archive.",
            "Each newsletter's pages stand at its 'home'. Leave TLS to a server in front."
        },
        footer = {"", "Examples:", "  courant serve", "  courant serve --host 0.0.0.0 --port 8000"})
final class ServeCommand extends Operation {
    static final String HOST = "127.0.0.1";
    static final String PORT = "8080";

    private static final int MAX_PORT = 65_535;

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

    ServeCommand(Program program) {
        super(program);
    }

    /** Where the pages are, as {@code --json} shows it. */
    record Serving(String host, int port, String address) {}

    @Override
    public Integer call() {
        CountDownLatch end = new CountDownLatch(1);
        InetSocketAddress address = address();
        try (Interruption interruption = new Interruption();
                Program.Session session = open();
                PageServer.Running server = session.get(PageServer.class).start(address)) {
            interruption.endCleanlyBy(end::countDown, () -> {});
            tell(address.getHostString(), server.port());
            await(end);
            return ExitCode.DONE;
        }
    }

    private InetSocketAddress address() {
        Chosen host = chosen(hostFlag, "--host", "COURANT_SERVE_HOST", HOST);
        Chosen port = chosen(portFlag, "--port", "COURANT_SERVE_PORT", PORT);
        InetSocketAddress address = new InetSocketAddress(host.value(), number(port));
        if (address.isUnresolved()) {
            throw new Options.InvalidSetting(host.origin() + ": no address '" + host.value() + "'");
        }
        return address;
    }

    /** A setting's value, and where it comes from. */
    private record Chosen(String value, String origin) {}

    private Chosen chosen(@Nullable String flag, String name, String variable, String otherwise) {
        if (flag != null) {
            return new Chosen(flag, name);
        }
        Configuration known = options().configuration();
        String value = known.value(variable);
        return value.isEmpty() ? new Chosen(otherwise, "default") : new Chosen(value, known.origin(variable));
    }

    private static int number(Chosen port) {
        try {
            int number = Integer.parseInt(port.value());
            if (number >= 0 && number <= MAX_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Options.InvalidSetting(port.origin() + ": expected 0 to " + MAX_PORT + ", found " + port.value());
    }

    private void tell(String host, int bound) {
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
