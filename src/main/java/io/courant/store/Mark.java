package io.courant.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mark outside the database: a small file that is overwritten in place, so that a full disk has room for it. */
final class Mark {
    /** The file's name in the home folder. */
    static final String FILE_NAME = "courant.instance";

    private static final Logger LOG = LoggerFactory.getLogger(Mark.class);
    private static final String FORMAT = "generation %020d\nid %s\nplace %s\n";
    private static final Pattern PATTERN = Pattern.compile("generation (\\d{20})\nid (\\S+)\nplace (\\S+)\n");
    private static final int DIGITS_AT = "generation ".length();
    private static final Path MACHINE = Path.of("/etc/machine-id");

    private final Path home;
    private final Path file;

    Mark(Path home) {
        this.home = home;
        this.file = home.resolve(FILE_NAME);
    }

    /**
     * What the file says.
     *
     * @param here whether it says so of the place where it stands
     */
    record Said(String id, long generation, boolean here) {}

    /** Empty when there is no file. One that cannot be understood is of nobody. */
    Optional<Said> read() {
        try {
            Matcher said = PATTERN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return Optional.of(
                    said.matches()
                            ? new Said(
                                    said.group(2),
                                    Long.parseLong(said.group(1)),
                                    said.group(3).equals(place()))
                            : new Said("", 0, false));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read (" + e + "); see who may read it", e);
        }
    }

    /** Writes the whole mark, for this place. */
    void write(String id, long generation) {
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly())) {
            byte[] text = FORMAT.formatted(generation, id, place()).getBytes(StandardCharsets.ISO_8859_1);
            channel.write(ByteBuffer.wrap(text), 0);
            channel.truncate(text.length);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": cannot be written (" + e + "); make room on the disk, or see who may write there", e);
        }
    }

    /** Moves the generation on, without waiting for the disk: a mark that is behind raises no false alarm. */
    void note(long generation) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.wrap("%020d".formatted(generation).getBytes(StandardCharsets.ISO_8859_1)), DIGITS_AT);
        } catch (IOException e) {
            LOG.debug("the mark is behind until it can be written", e);
        }
    }

    /** What a copy does not carry along: machine, path, and what the file system calls folder and file. */
    private String place() throws IOException {
        String machine = Files.isReadable(MACHINE) ? Files.readString(MACHINE).strip() : "";
        String place = String.join("\n", machine, home.toRealPath().toString(), number(home), number(file));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The device's number is left out: it may change when the machine starts. */
    private static String number(Path path) throws IOException {
        return isUnix(path) ? String.valueOf(Files.getAttribute(path, "unix:ino")) : "";
    }

    private FileAttribute<?>[] ownerOnly() {
        return isUnix(home)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
