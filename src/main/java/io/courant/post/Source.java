package io.courant.post;

import java.net.URI;
import java.nio.file.Path;

/**
 * A place that posts come from, as a job file names it.
 *
 * @param key what the job file says ({@code samples/lab-notes}, {@code https://example.org/feed}); it identifies the
 *     source for good, so a checkout that moves does not make old posts new
 * @param name how readers see it
 * @param location where to read it now
 */
public record Source(String key, String name, Location location) {

    /** Where the posts lie. */
    public sealed interface Location {}

    /** A folder of {@code .txt}, {@code .md} and {@code .html} files, read with its subfolders. */
    public record Folder(Path path) implements Location {}

    /** An RSS or Atom feed in a file. */
    public record FeedFile(Path path) implements Location {}

    /** An RSS or Atom feed behind http or https. */
    public record FeedUri(URI uri) implements Location {}
}
