package io.courant.cli;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.springframework.util.FileSystemUtils;

/**
 * Chromium, or a browser made of it, as a photographer of mails: a process of its own for each picture, without network,
 * with a profile that is thrown away, and ended when it takes too long.
 */
final class Browser {
    /** Names the browser where the PATH does not. */
    static final String VARIABLE = "COURANT_BROWSER";

    private static final List<String> NAMES = List.of(
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
            "microsoft-edge",
            "chrome.exe",
            "msedge.exe");
    private static final List<String> PLACES = List.of(
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");
    private static final int NARROWEST = 500; // no window of a headless browser is narrower
    private static final int FRAME = 200; // of which a window may take some for itself
    private static final int HIGHEST = 16_000; // a browser paints no higher picture
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    private static final Pattern MEASURED = Pattern.compile("<title>(\\d+)</title>");

    private final Path program;
    private final Duration patience;

    /** @param patience how long one picture may take */
    Browser(Path program, Duration patience) {
        this.program = program;
        this.patience = patience;
    }

    /**
     * Finds a browser: the one that {@value #VARIABLE} names, or the first that is installed.
     *
     * @throws IOException if there is none; the message says what to do
     */
    static Browser find(Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault(VARIABLE, "");
        String path = environment.getOrDefault("PATH", "");
        Optional<Path> found = named.isBlank()
                ? Stream.concat(
                                NAMES.stream().flatMap(name -> on(path, name).stream()),
                                PLACES.stream().map(Path::of))
                        .filter(Files::isExecutable)
                        .findFirst()
                : on(path, named);
        if (found.isEmpty()) {
            throw new IOException(
                    named.isBlank()
                            ? "pictures need Chromium, Chrome or Edge, and none is on the PATH; install one (on Debian:"
                                    + " apt install chromium), or name it in " + VARIABLE
                            : VARIABLE + " names '" + named + "', which is no program");
        }
        return new Browser(found.get(), Duration.ofSeconds(60));
    }

    private static Optional<Path> on(String path, String name) {
        Stream<String> folders = Path.of(name).isAbsolute() ? Stream.of("") : SEPARATOR.splitAsStream(path);
        return folders.map(folder -> new File(folder, name)) // unlike a Path it takes any folder's name
                .filter(file -> file.isFile() && file.canExecute())
                .map(File::toPath)
                .findFirst();
    }

    /**
     * Takes a picture of a page, as high as the page is.
     *
     * @param width in CSS pixels
     * @throws IOException if the browser fails; nothing of it is left behind
     */
    void picture(String html, int width, boolean dark, Path png) throws IOException {
        Path work = Files.createTempDirectory("courant-browser");
        try {
            Path page = Files.writeString(work.resolve("page.html"), framed(html, width));
            int height = height(page, work, width, dark);
            Path shot = work.resolve("shot.png");
            run(page, work, width, height, dark, "--screenshot=" + shot);
            BufferedImage image = Files.isRegularFile(shot) ? ImageIO.read(shot.toFile()) : null;
            if (image == null || image.getWidth() < width || image.getHeight() < height) {
                throw new IOException(program + " made no picture of " + width + " by " + height + " pixels");
            }
            ImageIO.write(image.getSubimage(0, 0, width, height), "png", png.toFile());
        } finally {
            FileSystemUtils.deleteRecursively(work);
        }
    }

    /** The page in a frame of its width, which says in its title how high it is. */
    private static String framed(String html, int width) {
        return """
                <!DOCTYPE html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
                <title>0</title><style>html,body{margin:0;overflow:hidden} iframe{display:block;border:0}</style></head>
                <body><iframe width="%d" height="10" srcdoc="%s" onload="
                const high = this.contentDocument.documentElement.scrollHeight;
                this.height = high; document.title = high"></iframe></body></html>
                """.formatted(width, html.replace("&", "&amp;").replace("\"", "&quot;"));
    }

    private int height(Path page, Path work, int width, boolean dark) throws IOException {
        Matcher title = MEASURED.matcher(run(page, work, width, 1_000, dark, "--dump-dom"));
        int height = title.find() ? Integer.parseInt(title.group(1)) : 0;
        if (height == 0) {
            throw new IOException(program + " did not say how high the page is");
        }
        return Math.min(height, HIGHEST);
    }

    private String run(Path page, Path work, int width, int height, boolean dark, String what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--disable-gpu",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--disable-quic",
                "--disable-sync",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--force-device-scale-factor=1",
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--user-data-dir=" + work.resolve("profile"),
                "--window-size=" + Math.max(width, NARROWEST) + "," + (height + FRAME)));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--no-sandbox"); // Chromium refuses to start as root without
        }
        command.add(what);
        command.add(page.toUri().toString());
        Path out = work.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(work.resolve("err.txt").toFile())
                .start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(program + " took more than " + patience.toSeconds() + " s for a picture");
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " failed with exit code " + process.exitValue() + ": "
                        + Files.readString(work.resolve("err.txt"), StandardCharsets.ISO_8859_1)
                                .strip());
            }
            return Files.readString(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " took a picture", e);
        } finally {
            end(process);
        }
    }

    /** Ends it with all that it started. */
    private static void end(Process process) throws IOException {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle member : family) {
            member.onExit().join(); // files of a living process could not be thrown away
        }
    }
}
