package io.courant.desk;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a page may lead: to the web, and to nothing that a feed would have a browser do. */
final class Links {
    private Links() {}

    /** The address as it stands if it is one of the web, else empty. */
    static String web(@Nullable URI address) {
        return address != null && isWeb(address.getScheme()) ? address.toString() : "";
    }

    private static boolean isWeb(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }
}
