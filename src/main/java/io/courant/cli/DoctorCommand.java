package io.courant.cli;

import io.courant.delivery.Relay;
import io.courant.delivery.RelayException;
import io.courant.delivery.RelayGreeting;
import io.courant.delivery.Reply;
import io.courant.delivery.Route;
import io.courant.dns.Check;
import io.courant.dns.Check.Verdict;
import io.courant.dns.DnsRecords;
import io.courant.dns.Doctor;
import io.courant.dns.Records;
import io.courant.dns.Sender;
import io.courant.issue.Newsletter;
import io.courant.job.JobFile;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.job.Muster;
import io.courant.job.Roll;
import io.courant.render.Renderer;
import io.courant.render.TemplateError;
import io.courant.render.TemplateFolder;
import io.courant.upkeep.Checkup;
import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Rights;
import io.courant.upkeep.UnreachableDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks for what could go wrong, and says what to do. Sends nothing.",
            "The home folder: disk, who may read it, database, clock, whether it is a copy. The broker, if there is one: whether"
                    + " it answers and takes the password. Each newsletter: its job and"
                    + " template, whether its relay would take mail, and what receivers will ask DNS: SPF, DKIM, DMARC,"
                    + " the way back for bounces, the host of the pages that mails link to."
        },
        footer = {
            "",
            "Examples:",
            "  courant doctor",
            "  courant doctor deep-learning --json",
            "  courant doctor --offline",
            "  courant doctor deep-learning --dns 127.0.0.1:5353"
        })
final class DoctorCommand extends Operation {
    private static final String VARIABLE = "COURANT_DNS";

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "One newsletter (default: all of them).")
    private @Nullable String name;

    @Option(
            names = "--dns",
            paramLabel = "HOST:PORT",
            description = "The DNS server to ask (or " + VARIABLE + "; default: the system's).")
    private @Nullable String server;

    @Option(names = "--offline", description = "Leaves out what needs the network: DNS, the relay and the broker.")
    private boolean offline;

    DoctorCommand(Program program) {
        super(program);
    }

    /**
     * What was found, as {@code --json} shows it; scripts rely on these names.
     *
     * @param newsletter empty for what concerns all
     * @param verdict ok, hint, unknown or wrong
     * @param add a line of a zone file, or empty
     */
    record Finding(String newsletter, String verdict, String subject, String name, String words, String add) {
        static Finding of(String newsletter, Check check) {
            return new Finding(
                    newsletter,
                    check.verdict().name().toLowerCase(Locale.ROOT),
                    check.subject(),
                    check.name(),
                    check.words(),
                    check.add());
        }
    }

    @Override
    public Integer call() {
        JobFolder jobs = options().jobFolder();
        Renderer renderer = new Renderer(new TemplateFolder(options().settings().templates()), Renderer.randomNonces());
        Doctor doctor = new Doctor(records());
        List<Finding> findings = new ArrayList<>(home());
        for (String newsletter : name == null ? jobs.names() : List.of(name)) {
            findings.addAll(examine(newsletter, jobs, renderer, doctor));
        }
        if (options().json()) {
            console().json(findings);
        } else {
            print(findings);
        }
        boolean wrong = findings.stream()
                .anyMatch(one -> one.verdict().equals(Verdict.WRONG.name().toLowerCase(Locale.ROOT)));
        return wrong ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Without the warning of other commands: what it would say is found here. */
    private List<Finding> home() {
        Settings settings = options().settings();
        Path home = settings.home();
        String name = settings.database().map(DatabaseAddress::toString).orElse(home.toString());
        try {
            Optional<Program.Session> found = settings.database().isEmpty() && Checkup.isHome(home)
                    ? Optional.of(program().open(settings))
                    : program().look(settings);
            if (found.isEmpty()) {
                return List.of(Finding.of("", new Check(Verdict.HINT, "data", name, "nothing is kept there yet", "")));
            }
            try (Program.Session session = found.get()) {
                List<Check> checks = new ArrayList<>(
                        session.get(Checkup.class).examine(program().clock().instant()));
                if (settings.broker().isPresent() && !offline) {
                    checks.add(broker(session.get(Muster.class).roll()));
                }
                return checks.stream().map(check -> Finding.of("", check)).toList();
            }
        } catch (UnreachableDatabase e) {
            return List.of(wrong("", "data", home.toString(), String.valueOf(e.getMessage())));
        }
    }

    private static Check broker(Roll roll) {
        String name = String.valueOf(roll.broker());
        if (roll.trouble() != null) {
            return new Check(Verdict.WRONG, "broker", name, roll.trouble(), "");
        }
        long dead = Objects.requireNonNullElse(roll.dead(), 0L);
        return dead == 0
                ? new Check(Verdict.OK, "broker", name, "answers, and takes the password", "")
                : new Check(
                        Verdict.HINT,
                        "broker",
                        name,
                        Console.count(dead, "part") + " of issues set aside after failing again and again; see the"
                                + " workers' logs, then 'courant workers --requeue'",
                        "");
    }

    private List<Finding> examine(String newsletter, JobFolder jobs, Renderer renderer, Doctor doctor) {
        List<Finding> findings = new ArrayList<>();
        try {
            JobFile job = jobs.load(newsletter);
            if (!offline) {
                doctor.examine(sender(job)).forEach(check -> findings.add(Finding.of(newsletter, check)));
            }
            for (Route route : job.transport().routes()) {
                relay(job, route.relay()).forEach(check -> findings.add(Finding.of(newsletter, check)));
            }
            renderer.check(job.newsletter().template());
        } catch (JobFileException e) {
            e.problems().forEach(problem -> findings.add(wrong(newsletter, "job", newsletter, problem)));
        } catch (TemplateError e) {
            findings.add(wrong(newsletter, "mail", newsletter, String.valueOf(e.getMessage())));
        }
        return findings;
    }

    private List<Check> relay(JobFile job, Relay relay) {
        List<Check> checks = new ArrayList<>();
        if (relay.passwordFile() != null) {
            checks.addAll(Rights.ofSecret(relay.passwordFile()));
        }
        if (offline) {
            return checks;
        }
        try {
            Reply reply = RelayGreeting.exchange(relay, job.newsletter().from().address());
            checks.add(
                    reply.isPositive()
                            ? new Check(Verdict.OK, "relay", relay.name(), "takes mail from us (" + reply + ")", "")
                            : new Check(
                                    reply.isPermanent() ? Verdict.WRONG : Verdict.UNKNOWN,
                                    "relay",
                                    relay.name(),
                                    "does not take mail from "
                                            + job.newsletter().from().address() + " (" + reply
                                            + "); ask its operator whether we may send",
                                    ""));
        } catch (RelayException e) {
            checks.add(new Check(Verdict.WRONG, "relay", relay.name(), String.valueOf(e.getMessage()), ""));
        }
        return checks;
    }

    private static Finding wrong(String newsletter, String subject, String name, String words) {
        return Finding.of(newsletter, new Check(Verdict.WRONG, subject, name, words, ""));
    }

    private Records records() {
        String named = server == null ? options().settings().environment().getOrDefault(VARIABLE, "") : server;
        return named.isEmpty() ? DnsRecords.ofSystem() : DnsRecords.at(named);
    }

    private static Sender sender(JobFile job) {
        Newsletter newsletter = job.newsletter();
        return new Sender(
                newsletter.from().address().domain(),
                Objects.requireNonNullElse(
                                newsletter.replyTo(), newsletter.from().address())
                        .ascii(),
                job.dkim(),
                job.transport().routes().stream().map(Route::relay).toList(),
                newsletter.home().getHost());
    }

    private void print(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(one -> Math.max(1, one.newsletter().length()))
                .max()
                .orElse(1);
        int subjects =
                findings.stream().mapToInt(one -> one.subject().length()).max().orElse(1);
        for (Finding one : findings) {
            console()
                    .result(("%-" + width + "s  %-7s  %-" + subjects + "s  %s: %s%s")
                            .formatted(
                                    one.newsletter().isEmpty() ? "-" : one.newsletter(),
                                    one.verdict(),
                                    one.subject(),
                                    one.name(),
                                    one.words(),
                                    one.add().isEmpty() ? "" : ". Add: " + one.add()));
        }
    }
}
