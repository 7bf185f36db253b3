package io.courant.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Records as a resolver knows them. */
public final class DnsRecords implements Records {
    private static final Pattern SERVER =
            Pattern.compile("[A-Za-z0-9.-]+(?::\\d{1,5})?|\\[[0-9a-fA-F:]+](?::\\d{1,5})?");

    private final String server;

    private DnsRecords(String server) {
        this.server = server;
    }

    /** The resolver that this machine uses. */
    public static DnsRecords ofSystem() {
        return new DnsRecords("");
    }

    /**
     * A resolver of one's own choice.
     *
     * @param server host and port, or the host alone for port 53
     */
    public static DnsRecords at(String server) {
        if (!SERVER.matcher(server).matches()) {
            throw new IllegalArgumentException(
                    "not a DNS server: '" + server + "' (expected HOST or HOST:PORT, such as 127.0.0.1:5353)");
        }
        return new DnsRecords("//" + server);
    }

    @Override
    @SuppressWarnings("BanJNDI") // the DNS provider gives texts and never makes an object of them
    public List<String> of(String name, Type type) {
        Properties environment = new Properties();
        environment.setProperty(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.setProperty(Context.PROVIDER_URL, "dns:" + server);
        environment.setProperty("com.sun.jndi.dns.timeout.initial", "2000");
        environment.setProperty("com.sun.jndi.dns.timeout.retries", "2");
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                Attribute found = dns.getAttributes(new CompositeName().add(name), new String[] {type.name()})
                        .get(type.name());
                return found == null ? List.of() : values(found, type);
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new NoAnswer("DNS gave no answer for " + type + " of " + name + ": " + why(e), e);
        }
    }

    private static String why(NamingException failure) {
        return Stream.of(Optional.ofNullable(failure.getRootCause()), Optional.of(failure))
                .flatMap(Optional::stream)
                .flatMap(one -> Stream.ofNullable(one.getMessage()))
                .filter(words -> !words.isBlank())
                .findFirst()
                .orElse("nothing answers there");
    }

    private static List<String> values(Attribute found, Type type) throws NamingException {
        List<String> values = new ArrayList<>();
        NamingEnumeration<?> all = found.getAll();
        while (all.hasMore()) {
            String value = String.valueOf(all.next());
            values.add(type == Type.TXT ? joined(value) : value.toLowerCase(Locale.ROOT));
        }
        return values;
    }

    /** Java separates the strings by blanks, and puts those with a blank, quote or backslash in quotes. */
    static String joined(String shown) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (quoted && c == '\\' && i + 1 < shown.length()) {
                text.append(shown.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || c != ' ') {
                text.append(c);
            }
        }
        return text.toString();
    }
}
