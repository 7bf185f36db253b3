package io.courant.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made for a test: one as it should be, one for another name, one that has expired. */
public final class KeyStores {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    public KeyStores(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        makeKey("good", "-ext", "san=dns:localhost");
        makeKey("other", "-ext", "san=dns:other.example.org");
        makeKey("ca", "-ext", "bc:c");
        makeKey("expired", "-ext", "san=dns:localhost");
        // Java takes a trusted certificate as it is, expired or not; so this one is signed by another.
        String request = folder.resolve("request").toString();
        String signed = folder.resolve("signed").toString();
        String ca = folder.resolve("ca.pem").toString();
        keytool("ca", "-exportcert", "-alias", "ca", "-rfc", "-file", ca);
        keytool("expired", "-certreq", "-alias", "expired", "-file", request);
        keytool(
                "ca",
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request,
                "-outfile",
                signed,
                "-ext",
                "san=dns:localhost",
                "-startdate",
                "-10d",
                "-validity",
                "5");
        keytool("expired", "-importcert", "-noprompt", "-alias", "ca", "-file", ca);
        keytool("expired", "-importcert", "-noprompt", "-alias", "expired", "-file", signed);
    }

    private void makeKey(String name, String... more) throws IOException, InterruptedException {
        keytool(
                name,
                Stream.concat(
                                Stream.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore"));
        command.add(file(store).toString());
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
    }

    /** The PKCS #12 file of {@code good}, {@code other} or {@code expired}. */
    public Path file(String name) {
        return folder.resolve(name + ".p12");
    }

    public char[] password() {
        return PASSWORD.toCharArray();
    }

    /** For a client that trusts whoever made these. */
    public SSLSocketFactory trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (String one : List.of("good", "other", "ca")) {
                trusted.setCertificateEntry(one, load(one).getCertificate(one));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name))) {
            store.load(in, password());
        }
        return store;
    }
}
