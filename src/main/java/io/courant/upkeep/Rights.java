package io.courant.upkeep;

import io.courant.dns.Check;
import io.courant.dns.Check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may read addresses and secrets: their owner, and nobody else. */
public record Rights(Path home) {
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final Set<PosixFilePermission> TO_ENTER =
            EnumSet.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    List<Check> examine() {
        List<Check> checks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home, 2)) {
            boolean closed = !may(home, TO_ENTER);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                boolean secret = home.resolve("keys").equals(file.getParent());
                if ((secret || !closed) && may(file, OF_OTHERS)) {
                    checks.add(open(file));
                }
            }
            String owner = Files.getOwner(home).getName();
            if (!owner.equals(System.getProperty("user.name"))) {
                checks.add(new Check(
                        Verdict.HINT,
                        "files",
                        home.toString(),
                        "belongs to " + owner + "; run Courant as that user, or what it makes will be another's",
                        ""));
            }
        } catch (IOException | UnsupportedOperationException e) {
            checks.add(new Check(
                    Verdict.UNKNOWN, "files", home.toString(), "who may read it cannot be told (" + e + ")", ""));
        }
        return checks.isEmpty()
                ? List.of(Checkup.ok("files", home.toString(), "only their owner may read them"))
                : checks;
    }

    /** What is wrong with a file that holds a secret, if others may read it. */
    public static List<Check> ofSecret(Path file) {
        try {
            return may(file, OF_OTHERS) ? List.of(open(file)) : List.of();
        } catch (IOException | UnsupportedOperationException e) {
            return List.of(new Check(
                    Verdict.WRONG, "files", file.toString(), "cannot be read (" + e + "); see who may read it", ""));
        }
    }

    private static Check open(Path file) {
        return new Check(Verdict.WRONG, "files", file.toString(), "can be read by others; chmod 600 " + file, "");
    }

    private static boolean may(Path file, Set<PosixFilePermission> any) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(any::contains);
    }
}
