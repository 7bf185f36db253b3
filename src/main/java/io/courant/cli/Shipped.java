package io.courant.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The jobs and templates that come with the program: inside its jar, or beside its classes during development. */
final class Shipped {
    private static @Nullable Path root;

    private Shipped() {}

    static synchronized Path folder(String name) throws IOException {
        if (root == null) {
            root = root(Path.of(origin()));
        }
        return root.resolve("shipped").resolve(name);
    }

    private static Path root(Path origin) throws IOException {
        return Files.isDirectory(origin)
                ? origin
                : FileSystems.newFileSystem(origin).getPath("/"); // stays open as long as the program runs
    }

    private static URI origin() {
        try {
            return Shipped.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own jar cannot be found", e);
        }
    }
}
