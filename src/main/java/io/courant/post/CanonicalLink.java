package io.courant.post;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one form under which a page is found again, whichever way it was linked: http or https, with or without www, with
 * a campaign in its query, as AMP page or through a viewer. The form is for comparing and remembering, never for
 * visiting: a site may answer at the link it published and nowhere else.
 *
 * <p>What may name a post stays: the case of its path, and every parameter not known to say merely where a reader came
 * from. Two forms of one page that stay apart cost a line in an issue; two posts taken for one lose a post. For the same
 * reason a leading {@code /amp/} directory stays, which is as often a section of the site, and so does {@code m.}.
 */
public final class CanonicalLink {
    private static final Pattern WEB =
            Pattern.compile("(?i:https?)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

    private static final Pattern PORT_OF_ITS_SCHEME = Pattern.compile(":(80|443)?$");
    private static final Pattern PREFIX = Pattern.compile("^(www|amp)\\.(?=[^.]+\\.)");
    private static final Pattern HOST = Pattern.compile("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*[a-z0-9]");
    private static final Pattern GOOGLE = Pattern.compile("google\\.(com|[a-z]{2}|com?\\.[a-z]{2})");
    private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^/;]*");
    private static final Pattern INDEX =
            Pattern.compile("(?i)index\\.(html?|xhtml|shtml|php\\d?|aspx?|jsp|cgi)|default\\.(aspx?|html?)");
    private static final Pattern AMP_SUFFIX = Pattern.compile("(.+)\\.amp(\\.html?)?");

    /** Families of names that campaign tools document as theirs. */
    private static final Pattern TRACKING_FAMILY = Pattern.compile(
            "(utm|vero|oly|ns|pk|mtm|piwik|matomo|hsa|at_custom|at_link|at_campaign|wt|wt\\.mc|guce|sc_camp|amp_js)_.*"
                    + "|__hs.*|gad_.*");

    private static final Set<String> TRACKING = Set.of(
            "fbclid",
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "msclkid",
            "yclid",
            "ysclid",
            "twclid",
            "ttclid",
            "igshid",
            "igsh",
            "li_fat_id",
            "epik",
            "srsltid",
            "mc_cid",
            "mc_eid",
            "_hsenc",
            "_hsmi",
            "hsctatracking",
            "mkt_tok",
            "spm",
            "cmpid",
            "ocid",
            "ncid",
            "xtor",
            "at_medium",
            "at_campaign",
            "at_format",
            "at_ptr_name",
            "at_bbc_team",
            "wtrid",
            "s_cid",
            "s_kwcid",
            "ef_id",
            "wickedid",
            "ref_src",
            "ref_url",
            "_ga",
            "_gl",
            "guccounter",
            "soc_src",
            "soc_trk",
            "trk",
            "trkcampaign",
            "tblci",
            "dicbo",
            "__twitter_impression",
            "amp_gsa",
            "usqp",
            "phpsessid",
            "jsessionid");

    /**
     * Names that say where a reader came from on one site and which text is meant on another ({@code ?source=minutes},
     * {@code ?ref=main}); the value tells which.
     */
    private static final Set<String> PERHAPS_TRACKING =
            Set.of("ref", "source", "src", "from", "via", "partner", "emc", "cmp", "mod", "share");

    private static final Pattern WAY_OF_ARRIVAL = Pattern.compile(
            "(rss|atom|feed|feedburner|e?mail|newsletter|twitter|facebook|linkedin|reddit|hackernews|mastodon|whatsapp"
                    + "|telegram|pinterest|instagram|flipboard|googlenews|social|share)(\\d*|[^a-z0-9].*)",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> TRUE = Set.of("", "1", "true");

    private CanonicalLink() {}

    /** The same for all links to a page, and itself its own canonical form. What is no web address stays as it is. */
    public static URI of(URI link) {
        String form = link.toString();
        // Each round undoes one wrapper. It ends: past the first, every round that changes anything makes it shorter.
        for (String next = step(form); !next.equals(form); next = step(form)) {
            form = next;
        }
        return parsed(form).orElse(link);
    }

    private static String step(String link) {
        Matcher parts = WEB.matcher(link);
        String host = parts.matches() ? host(parts.group(1)) : "";
        if (host.isEmpty()) {
            return link;
        }
        List<String> path = segments(parts.group(2));
        List<Parameter> query = parameters(parts.group(3) == null ? "" : parts.group(3));
        String rest = rest(query, parts.group(4) == null ? "" : parts.group(4));
        return viewed(host, path)
                .map(page -> "https://" + page + rest)
                .or(() -> wrapped(host, path, query))
                .orElseGet(() -> "https://" + host + "/" + String.join("/", path) + rest);
    }

    private static String host(String authority) {
        // A name and password before the @ are nobody's page, and nothing to remember.
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        // Either port goes with either scheme, since the scheme is made the same.
        host = PORT_OF_ITS_SCHEME.matcher(host).replaceFirst("");
        host = host.replaceFirst("\\.+(?=$|:\\d+$)", "");
        for (Matcher prefix = PREFIX.matcher(host); prefix.find(); prefix = PREFIX.matcher(host)) {
            host = host.substring(prefix.end());
        }
        return host;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : SESSION.matcher(escaped(path)).replaceAll("").split("/", -1)) {
            if (segment.equals("..")) { // RFC 3986 section 5.2.4; above the root is the root
                removeLast(segments);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        while (!segments.isEmpty()) {
            String last = segments.get(segments.size() - 1);
            Matcher amp = AMP_SUFFIX.matcher(last);
            if (INDEX.matcher(last).matches() || last.equals("amp")) {
                removeLast(segments);
            } else if (amp.matches()) {
                segments.set(segments.size() - 1, amp.group(1) + (amp.group(2) == null ? "" : amp.group(2)));
            } else {
                break;
            }
        }
        return segments;
    }

    private static void removeLast(List<String> segments) {
        if (!segments.isEmpty()) {
            segments.remove(segments.size() - 1);
        }
    }

    private record Parameter(String name, String value, String text) {
        static Parameter of(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new Parameter(text, "", text)
                    : new Parameter(text.substring(0, equals), text.substring(equals + 1), text);
        }

        boolean isTracking() {
            String lower = name.toLowerCase(Locale.ROOT);
            return TRACKING.contains(lower)
                    || TRACKING_FAMILY.matcher(lower).matches()
                    || (PERHAPS_TRACKING.contains(lower)
                            && WAY_OF_ARRIVAL.matcher(value).matches())
                    || (lower.equals("ref") && HOST.matcher(value).matches()); // Ghost names the linking site
        }

        boolean isAmp() {
            return (name.equalsIgnoreCase("amp") && TRUE.contains(value.toLowerCase(Locale.ROOT)))
                    || (name.equalsIgnoreCase("outputType") && value.equalsIgnoreCase("amp"));
        }
    }

    private static List<Parameter> parameters(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            String text = escaped(part).replace("%20", "+"); // a space, as forms write it
            while (text.startsWith("amp;")) { // a feed that escaped its links twice
                text = text.substring("amp;".length());
            }
            Parameter parameter = Parameter.of(text);
            if (!text.isEmpty() && !parameter.isTracking() && !parameter.isAmp()) {
                parameters.add(parameter);
            }
        }
        parameters.sort(Comparator.comparing(Parameter::name)); // stable: several values of one name keep their order
        return parameters;
    }

    private static String rest(List<Parameter> query, String fragment) {
        String parameters = String.join("&", query.stream().map(Parameter::text).toList());
        // #! and #/ name a page of a site that is all one script; any other fragment is a place within the page.
        boolean names = fragment.matches("(?s)(!/?|/)[^/].*");
        return (parameters.isEmpty() ? "" : "?" + parameters) + (names ? "#" + escaped(fragment) : "");
    }

    /** The page that an AMP viewer shows, as host and path. */
    private static Optional<String> viewed(String host, List<String> path) {
        boolean viewer = path.size() > 1
                && (GOOGLE.matcher(host).matches()
                        ? path.get(0).equals("amp")
                        // of the cache's prefixes /c and /v hold documents, the others images and fonts
                        : host.endsWith("cdn.ampproject.org")
                                && (path.get(0).equals("c") || path.get(0).equals("v")));
        if (!viewer) {
            return Optional.empty();
        }
        List<String> page = path.subList(path.get(1).equals("s") ? 2 : 1, path.size()); // s: through https
        return page.isEmpty() || !HOST.matcher(page.get(0)).matches()
                ? Optional.empty()
                : Optional.of(String.join("/", page));
    }

    /** The page behind a redirect that carries it in the clear, as the news and alert feeds of search engines do. */
    private static Optional<String> wrapped(String host, List<String> path, List<Parameter> query) {
        String place = host + "/" + String.join("/", path);
        List<String> names = GOOGLE.matcher(host).matches() && path.equals(List.of("url"))
                ? List.of("url", "q")
                : switch (place) {
                    case "bing.com/news/apiclick.aspx" -> List.of("url");
                    case "l.facebook.com/l.php", "lm.facebook.com/l.php" -> List.of("u");
                    default -> List.of();
                };
        return names.stream()
                .flatMap(name ->
                        query.stream().filter(parameter -> parameter.name().equals(name)))
                .map(parameter -> decoded(parameter.value()))
                .filter(target -> parsed(target).filter(Links::isWeb).isPresent())
                .findFirst();
    }

    private static Optional<URI> parsed(String link) {
        try {
            return Optional.of(new URI(link));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String decoded(String value) {
        byte[] from = value.replace("+", "%20").getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            int octet = from[i] == '%' ? octet(from, i) : -1;
            to[length++] = octet < 0 ? from[i] : (byte) octet;
            i += octet < 0 ? 0 : 2;
        }
        return new String(to, 0, length, StandardCharsets.UTF_8).replace(" ", "%20");
    }

    /**
     * RFC 3986 section 6.2.2: hexadecimal digits in upper case, and unreserved characters as themselves. Characters
     * beyond ASCII, which addresses have in practice, are escaped (RFC 3987 section 3.1).
     */
    private static String escaped(String part) {
        StringBuilder escaped = new StringBuilder(part.length());
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int octet = bytes[i] == '%' ? octet(bytes, i) : bytes[i] < 0 ? bytes[i] & 0xFF : -1;
            if (octet < 0) {
                escaped.append((char) bytes[i]);
            } else if (isUnreserved(octet)) {
                escaped.append((char) octet);
            } else {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
            }
            i += bytes[i] == '%' && octet >= 0 ? 2 : 0;
        }
        return escaped.toString();
    }

    /** What the escape that begins here stands for, or -1 when it is none. */
    private static int octet(byte[] bytes, int at) {
        if (at + 2 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[at + 1], 16);
        int low = Character.digit(bytes[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
