package io.courant.upkeep;

import io.courant.dns.Check;
import io.courant.dns.Check.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a home folder, its database and the clock: what is found says what to do. Changes nothing. */
public final class Checkup {
    private static final long LARGE_LOG = 256L << 20;
    private static final Duration TOLERANCE = Duration.ofMinutes(1);
    /** More than this, and what is due on one machine is not yet due on the next. */
    private static final Duration AGREEMENT = Duration.ofSeconds(5);

    private static final int FRESH_YEARS = 2;
    private static final Pattern YEAR = Pattern.compile("(20\\d\\d).*");

    private static final String FILE = "courant.db";

    private final Path home;
    private final Optional<DatabaseAddress> address;
    private final Instance instance;
    private final Condition condition;

    /** @param address where the database is, unless it is the file in the home folder */
    public Checkup(Path home, Optional<DatabaseAddress> address, Instance instance, Condition condition) {
        this.home = home;
        this.address = address;
        this.instance = instance;
        this.condition = condition;
    }

    /** Everything that was found, the good, too. */
    public List<Check> examine(Instant now) {
        Optional<Check> agreement = agreement(now); // before anything that takes its time
        List<Check> checks = new ArrayList<>(disk().examine());
        checks.addAll(new Rights(home).examine());
        checks.addAll(database());
        checks.add(clock(now));
        agreement.ifPresent(checks::add);
        checks.add(zones(now));
        checks.add(mark());
        return checks;
    }

    /** What is looked at in a moment, and as often as somebody likes: disk, database and mark. */
    public List<Check> glance() {
        List<Check> checks = new ArrayList<>(disk().examine());
        String name = name();
        Optional<String> refusal = condition.refusal();
        checks.add(refusal.map(why -> new Check(
                        Verdict.WRONG,
                        "data",
                        name,
                        "takes nothing (" + why + "); see to "
                                + (address.isPresent() ? "its server" : "the disk, and who else writes"),
                        ""))
                .orElseGet(() -> ok("data", name, "takes what is written")));
        if (refusal.isEmpty()) { // the mark is in there
            checks.add(mark());
        }
        return checks;
    }

    private Disk disk() {
        return new Disk(home, address.isPresent() ? Optional.empty() : Optional.of(home.resolve(FILE)));
    }

    private String name() {
        return address.map(DatabaseAddress::toString)
                .orElseGet(() -> home.resolve(FILE).toString());
    }

    private Check mark() {
        return instance.doubt()
                .map(doubt -> new Check(Verdict.WRONG, "mark", home.toString(), doubt.words(), ""))
                .orElseGet(() -> ok(
                        "mark",
                        home.toString(),
                        address.isPresent()
                                ? "the database is the one that mail was sent from last"
                                : "database and folder belong together"));
    }

    private List<Check> database() {
        String name = name();
        List<String> damage = condition.damage();
        if (!damage.isEmpty()) {
            return List.of(new Check(
                    Verdict.WRONG,
                    "data",
                    name,
                    "is damaged (" + damage.get(0) + "); send nothing more, look into the disk, and restore a backup",
                    ""));
        }
        if (address.isPresent()) {
            return List.of(ok("data", name, "sound"));
        }
        long pending = condition.pending();
        return List.of(
                pending > LARGE_LOG
                        ? new Check(
                                Verdict.HINT,
                                "data",
                                name,
                                "its log has " + Disk.words(pending) + ", because some process reads without an end;"
                                        + " end that process",
                                "")
                        : ok("data", name, "sound, " + Disk.words(pending) + " to be written"));
    }

    private Check clock(Instant now) {
        Optional<Instant> latest = condition.latest();
        if (latest.isPresent() && latest.get().isAfter(now.plus(TOLERANCE))) {
            return new Check(
                    Verdict.WRONG,
                    "clock",
                    now.toString(),
                    "is behind the database, which knows " + latest.get()
                            + "; set the clock, and see that it is kept right (chrony, systemd-timesyncd)",
                    "");
        }
        return ok(
                "clock",
                now.toString(),
                latest.map(last -> "later than all that is written down, up to " + last)
                        .orElse("nothing to compare"));
    }

    private Optional<Check> agreement(Instant now) {
        return condition.clock().map(server -> {
            Duration apart = Duration.between(now, server);
            return apart.abs().compareTo(AGREEMENT) > 0
                    ? new Check(
                            Verdict.WRONG,
                            "clock",
                            name(),
                            "its clock and this machine's are " + apart.abs().toSeconds()
                                    + " s apart, so machines disagree on what is due; see that both are kept right"
                                    + " (chrony, systemd-timesyncd)",
                            "")
                    : ok("clock", name(), "its clock and this machine's agree");
        });
    }

    private static Check zones(Instant now) {
        String version = ZoneRulesProvider.getVersions("Europe/Berlin").lastKey();
        Matcher year = YEAR.matcher(version);
        boolean old = year.matches()
                && Integer.parseInt(year.group(1))
                        < LocalDate.ofInstant(now, ZoneOffset.UTC).getYear() - FRESH_YEARS;
        return old
                ? new Check(
                        Verdict.HINT,
                        "zones",
                        version,
                        "rules of time zones are years old, and countries change them; update Java",
                        "")
                : ok("zones", version, "rules of time zones");
    }

    static Check ok(String subject, String name, String words) {
        return new Check(Verdict.OK, subject, name, words, "");
    }

    /** Whether a folder has a database to look at; what is not there must not be made by looking. */
    public static boolean isHome(Path home) {
        return Files.exists(home.resolve(FILE));
    }
}
