package io.courant.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/** Replaces a file that people edit: at any moment the old text is there or the new one, never a part. */
final class SafeReplace {
    private SafeReplace() {}

    /**
     * Puts a new text where the old one is; a link stays and what it leads to is replaced.
     *
     * @return whether the file still had the old text
     */
    static boolean replace(Path file, String old, String text) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isWritable(real)) { // a rename would not ask
            throw new AccessDeniedException(real.toString());
        }
        Path temporary = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            copyRights(real, temporary);
            if (!Arrays.equals(Files.readAllBytes(real), old.getBytes(StandardCharsets.UTF_8))) {
                return false;
            }
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copyRights(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        PosixFileAttributes wanted = source.readAttributes();
        PosixFileAttributes made = target.readAttributes();
        if (!wanted.group().equals(made.group())) {
            target.setGroup(wanted.group());
        }
        if (!wanted.owner().equals(made.owner())) {
            target.setOwner(wanted.owner());
        }
        target.setPermissions(wanted.permissions()); // last: a change of owner takes some away
    }
}
