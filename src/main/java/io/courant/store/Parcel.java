package io.courant.store;

import io.courant.upkeep.BadBackup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A backup as a file: a ZIP archive of a folder with the names that a home folder has, and no others. */
final class Parcel {
    private static final Pattern NAMES =
            Pattern.compile("backup\\.json|courant\\.db|courant\\.journal|keys/[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private Parcel() {}

    /** Packs all files of a folder into a file that only its owner may read. */
    static void pack(Path folder, Path file) throws IOException {
        try (OutputStream bytes = create(file);
                ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path one : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(one)
                        .toString()
                        .replace(one.getFileSystem().getSeparator(), "/"));
                entry.setLastModifiedTime(Files.getLastModifiedTime(one)); // a key's file says when it was made
                zip.putNextEntry(entry);
                Files.copy(one, zip);
                zip.closeEntry();
            }
        }
    }

    /**
     * Unpacks a file into a folder; the checksums of the archive are compared.
     *
     * @return names of the files
     */
    static List<String> unpack(Path file, Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!NAMES.matcher(entry.getName()).matches()) {
                    throw new BadBackup(file + ": is no backup of Courant ('" + entry.getName() + "' is in it)");
                }
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.resolveSibling("."));
                try (OutputStream out = create(target)) {
                    zip.transferTo(out);
                }
                FileTime modified = entry.getLastModifiedTime();
                if (modified != null) {
                    Files.setLastModifiedTime(target, modified);
                }
                names.add(entry.getName());
            }
        }
        return names;
    }

    static OutputStream create(Path file) throws IOException {
        Files.createFile(file, ownerOnly(file));
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
