package io.courant.post;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Web addresses as posts write them. */
final class Links {
    private Links() {}

    /** The http or https address that a text stands for, resolved against a base if it is relative. */
    static Optional<URI> web(@Nullable String text, @Nullable URI base) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.strip().replace(" ", "%20"));
            URI absolute = uri.isAbsolute() || base == null ? uri : base.resolve(uri);
            return isWeb(absolute) ? Optional.of(absolute) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    static boolean isWeb(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    }
}
