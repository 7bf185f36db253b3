package io.courant.web;

import io.courant.issue.Newsletter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which newsletters a request is for. With one home there is nothing to ask. Of several, the Host and the path decide:
 * of those on the host, that with the longest path. Where the Host is nobody's – on this machine, when trying things out
 * – {@code /NAME/} leads to the newsletter NAME.
 */
final class Homes {
    private final List<Place> places;
    private final List<Newsletter> newsletters;

    Homes(List<Newsletter> newsletters) {
        Map<String, List<Newsletter>> byHome = new LinkedHashMap<>();
        newsletters.forEach(newsletter -> byHome.computeIfAbsent(key(newsletter.home()), key -> new ArrayList<>())
                .add(newsletter));
        this.newsletters = List.copyOf(newsletters);
        this.places = byHome.values().stream()
                .map(group ->
                        new Place(host(group.get(0).home()), path(group.get(0).home()), group))
                .sorted(Comparator.comparing((Place place) -> place.path().length())
                        .reversed())
                .toList();
    }

    private record Place(String host, String path, List<Newsletter> newsletters) {}

    /** @param host as the request names it, without its port */
    Optional<Home> find(String host, String path) {
        String named = host.toLowerCase(Locale.ROOT);
        boolean known = places.stream().anyMatch(place -> place.host().equals(named));
        if (places.size() > 1 && !known) {
            return newsletters.stream()
                    .filter(newsletter -> isBelow(path, "/" + newsletter.name()))
                    .findFirst()
                    .map(newsletter -> new Home("/" + newsletter.name(), false, List.of(newsletter)));
        }
        return places.stream()
                .filter(place -> (!known || place.host().equals(named)) && isBelow(path, place.path()))
                .findFirst()
                .map(place -> new Home(place.path(), known, place.newsletters()));
    }

    private static boolean isBelow(String path, String home) {
        return path.startsWith(home + "/") || path.equals(home);
    }

    private static String key(URI home) {
        return home.getScheme() + "://" + home.getAuthority().toLowerCase(Locale.ROOT) + path(home);
    }

    private static String host(URI home) {
        return home.getHost().toLowerCase(Locale.ROOT);
    }

    private static String path(URI home) {
        return home.getRawPath().replaceFirst("/+$", "");
    }
}
