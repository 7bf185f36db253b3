package io.courant.post;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a host once for each connection and lets through public addresses only, so that the client connects to
 * just what was checked: a name that answers differently a moment later gains nothing. If any address of a host is not
 * public, the host is refused as a whole.
 */
final class CheckedLookup implements DnsResolver {
    /** Asks for the addresses of a name. */
    interface Names {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    private final Names names;
    private final PrivateHosts privateHosts;
    private final Executor threads;
    private final Consumer<String> foundPrivate;
    private final ThreadLocal<Long> nanosLeft = ThreadLocal.withInitial(() -> Long.MAX_VALUE);

    /** @param foundPrivate hears of hosts whose addresses are all in blocks that the editor named */
    CheckedLookup(Names names, PrivateHosts privateHosts, Executor threads, Consumer<String> foundPrivate) {
        this.names = names;
        this.privateHosts = privateHosts;
        this.threads = threads;
        this.foundPrivate = foundPrivate;
    }

    /** How long the next lookup of this thread may take. A lookup cannot be cancelled, only be waited for no longer. */
    void allow(long nanos) {
        nanosLeft.set(nanos);
    }

    @Override
    public InetAddress[] resolve(String asked) throws UnknownHostException {
        String host = WebAddress.ascii(asked); // the client turns xn-- names back into letters before it comes here
        InetAddress[] addresses = AddressBlock.literal(host)
                .map(address -> new InetAddress[] {address})
                .orElse(null);
        if (addresses == null) {
            addresses = lookUp(host);
        }
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        boolean allNamed = true;
        for (InetAddress address : addresses) {
            boolean named = privateHosts.names(host) || privateHosts.contains(address);
            if (!named) {
                check(host, address);
            }
            allNamed &= named;
        }
        if (allNamed) {
            foundPrivate.accept(host);
        }
        return addresses;
    }

    private static void check(String host, InetAddress address) throws RefusedAddress {
        String kind = PublicAddresses.objection(address).orElse(null);
        if (kind == null) {
            return;
        }
        String at = address.getHostAddress();
        throw new RefusedAddress((host.equals(at) ? at + " is" : "the host " + host + " is at " + at + ", which is")
                + " no public address (" + kind + "); if it is yours, name it under fetch.private-hosts in the job file"
                + " (or say --set fetch.private-hosts=" + host + ")");
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(names.addresses(host));
            } catch (UnknownHostException | RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        });
        try {
            return answer.get(nanosLeft.get(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw cause(new UnknownHostException(host), failed.getCause());
        } catch (TimeoutException late) {
            throw cause(new UnknownHostException(host), late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw cause(new UnknownHostException(host), stop);
        }
    }

    private static UnknownHostException cause(UnknownHostException unknown, @Nullable Throwable cause) {
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host; // asked for by Kerberos only, which is off
    }
}
