package io.courant.web;

import io.courant.consent.Origin;
import io.courant.post.AddressBlock;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

/** Where a request came from. What a proxy on this machine says of it is believed; what anybody else says is not. */
public final class Caller {
    private Caller() {}

    public static Origin of(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
        if (forwarded.isEmpty()
                || !AddressBlock.literal(peer)
                        .map(InetAddress::isLoopbackAddress)
                        .orElse(false)) {
            return new Origin(peer);
        }
        // The proxy adds to the end; whatever stands before may be the client's invention.
        String last =
                forwarded.get(forwarded.size() - 1).replaceFirst("^.*,", "").strip();
        return new Origin(AddressBlock.literal(last).isPresent() ? last : peer);
    }
}
