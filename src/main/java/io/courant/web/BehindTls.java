package io.courant.web;

import io.courant.post.AddressBlock;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Believes a proxy on this machine that it spoke TLS with whoever asks: the cookie is for TLS only then. */
final class BehindTls extends ValveBase {
    BehindTls() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if ("https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
                && AddressBlock.literal(request.getRemoteAddr())
                        .map(InetAddress::isLoopbackAddress)
                        .orElse(false)) {
            request.setSecure(true);
        }
        getNext().invoke(request, response);
    }
}
