package io.courant.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;

/** A secret of this installation: {@value #BYTES} random bytes in a file that only its owner may read. */
public final class SecretFile {
    static final int BYTES = 32;

    private SecretFile() {}

    /**
     * Makes the file and its folder, unless there is such a file: whole or not at all, and never in place of one that
     * another process made meanwhile.
     *
     * @return whether this call made it
     */
    public static boolean create(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return create(file, bytes);
    }

    /** The same with a secret that is known elsewhere already. */
    public static boolean create(Path file, byte[] secret) throws IOException {
        Path folder = PrivateFolder.create(
                Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Path draft = folder.resolve("draft-" + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        write(draft, secret);
        try {
            // A link is made whole or not at all, and never in place of another file.
            Files.createLink(file, draft);
            Files.delete(draft);
            return true;
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
            return false;
        } finally {
            sync(folder);
        }
    }

    /**
     * The secret.
     *
     * @throws IllegalStateException when the file holds something else; the message leaves to the caller what to do
     */
    public static byte[] read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != BYTES) {
            throw new IllegalStateException(file + ": a secret has " + BYTES + " bytes, this file has " + bytes.length);
        }
        return bytes;
    }

    private static void write(Path draft, byte[] bytes) throws IOException {
        boolean posix = draft.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Makes the new name durable; a system that cannot open a folder does not need it. */
    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
