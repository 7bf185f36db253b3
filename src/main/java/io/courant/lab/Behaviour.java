package io.courant.lab;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How the relay is to behave; what changes concerns conversations that are under way, too. */
final class Behaviour {
    final Script script = new Script();
    volatile Manner manner = Manner.IN_TURN;
    volatile Duration distance = Duration.ZERO;
    volatile Offers offers = Offers.USUAL;
    volatile int connectionLimit = Integer.MAX_VALUE;
    volatile boolean lenient;
    volatile @Nullable SSLContext starttls;
    volatile @Nullable SSLContext tls;
    volatile @Nullable Login login;
    volatile FakeRelay.Listener listener = new FakeRelay.Listener() {};

    /** The answer to EHLO. */
    String greeting(boolean secured) {
        StringBuilder greeting = new StringBuilder("250-" + FakeRelay.NAME);
        offers.extensions().forEach(one -> greeting.append("\r\n250-").append(one));
        if (manner.offersPipelining() && !offers.has("PIPELINING")) {
            greeting.append("\r\n250-PIPELINING");
        }
        if (starttls != null && !secured) {
            greeting.append("\r\n250-STARTTLS");
        }
        if (login != null && mayLogIn(secured)) {
            greeting.append("\r\n250-").append(Login.OFFER);
        }
        int last = greeting.lastIndexOf("250-");
        return greeting.replace(last, last + 4, "250 ").toString();
    }

    /** RFC 4954 §4: where there is TLS, no password goes in clear. */
    boolean mayLogIn(boolean secured) {
        return secured || starttls == null;
    }
}
