package io.courant.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Maildir: what has been read is in {@code cur}, and its name says {@code S} (seen) after {@code :2,}. Others may
 * deliver into it, or read in it, at the same time.
 */
final class Maildir implements BounceMailbox {
    private static final String INFO = ":2,";
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final BouncePlace.Maildir place;
    private final Opener opener;
    private final Duration every;
    private final Set<String> passedOver = new HashSet<>();

    Maildir(Path folder) {
        this(folder, Files::newInputStream, EVERY);
    }

    /** @param every how often to look while waiting */
    Maildir(Path folder, Opener opener, Duration every) {
        this.place = new BouncePlace.Maildir(folder);
        this.opener = opener;
        this.every = every;
    }

    /** How a file is opened. */
    @FunctionalInterface
    interface Opener {
        InputStream open(Path file) throws IOException;
    }

    @Override
    public void forEachUnread(Taker taker) {
        passedOver.clear();
        Set<String> tried = new HashSet<>();
        for (List<Path> files = unread(tried); !files.isEmpty(); files = unread(tried)) {
            for (Path file : files) {
                tried.add(identity(file));
                hand(file, taker, tried);
            }
        }
    }

    private void hand(Path file, Taker taker, Set<String> tried) {
        RawMail mail;
        try (InputStream in = opener.open(file)) {
            mail = RawMail.read(Files.getLastModifiedTime(file).toInstant(), in);
        } catch (NoSuchFileException e) {
            tried.remove(identity(file)); // somebody gave it another name, under which it is found at the next look
            return;
        } catch (IOException e) {
            passOver(taker, file, "cannot be read (" + e + "); let this user read it, and the next run does");
            return;
        }
        taker.take(mail);
        try {
            flag(file);
        } catch (IOException e) {
            passOver(
                    taker,
                    file,
                    "was read, but cannot be marked as seen (" + e
                            + "), so each run reads it again; let this user change the folders new and cur");
        }
    }

    private void passOver(Taker taker, Path file, String why) {
        passedOver.add(identity(file));
        taker.passedOver(file + ": " + why);
    }

    /** Files that do not bear the flag, those that were there first first. */
    private List<Path> unread(Set<String> tried) {
        List<Path> files = new ArrayList<>(list("new"));
        list("cur").stream().filter(file -> flags(file).indexOf('S') < 0).forEach(files::add);
        return files.stream().filter(file -> !tried.contains(identity(file))).toList();
    }

    private List<Path> list(String folder) {
        Path path = place.folder().resolve(folder);
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw MailboxException.permanent(
                    place, "has no folder '" + folder + "'; name a Maildir with bounces.maildir", e);
        } catch (IOException e) {
            throw MailboxException.permanent(
                    place, "cannot be listed (" + e + "); let this user read the folders new and cur", e);
        }
    }

    private void flag(Path file) throws IOException {
        try {
            Files.move(file, seen(file));
        } catch (NoSuchFileException e) {
            // Another reader moved it meanwhile; should that happen once more, the next run sees it again.
            Optional<Path> moved = list("cur").stream()
                    .filter(other -> identity(other).equals(identity(file)))
                    .findFirst();
            if (moved.isPresent()) {
                Files.move(moved.get(), seen(moved.get()));
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("there is a mail of that name in cur", e); // which must not be replaced
        }
    }

    private Path seen(Path file) {
        String flags = new TreeSet<>((flags(file) + "S").chars().boxed().toList())
                .stream().map(Character::toString).collect(Collectors.joining());
        return place.folder().resolve("cur").resolve(identity(file) + INFO + flags);
    }

    /** The part of the name that stays as the flags change. */
    private static String identity(Path file) {
        String name = file.getFileName().toString();
        int info = name.lastIndexOf(INFO);
        return info < 0 ? name : name.substring(0, info);
    }

    private static String flags(Path file) {
        String name = file.getFileName().toString();
        int info = name.lastIndexOf(INFO);
        return info < 0 ? "" : name.substring(info + INFO.length());
    }

    @Override
    public boolean await() {
        try {
            do {
                Thread.sleep(every.toMillis());
            } while (unread(passedOver).isEmpty());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
