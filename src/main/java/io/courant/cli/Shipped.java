package io.courant.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/** The jobs and templates that come with the program: inside its jar, or beside its classes during development. */
final class Shipped {
    private static @Nullable FileSystem jar;

    private Shipped() {}

    static synchronized Path folder(String name) throws IOException {
        URL classes = Shipped.class.getResource("/shipped/" + name);
        if (classes != null && classes.getProtocol().equals("file")) {
            return Path.of(URI.create(classes.toString()));
        }
        if (jar == null) {
            File source = Objects.requireNonNull(
                    new ApplicationHome(Shipped.class).getSource(), "the program's own jar cannot be found");
            jar = FileSystems.newFileSystem(source.toPath()); // stays open as long as the program runs
        }
        return jar.getPath("BOOT-INF", "classes", "shipped", name);
    }
}
