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

    public KeyStores(Path folder) {
        this.folder = folder;
    }

    /** The PKCS #12 file of {@code good}, {@code other} or {@code expired}, made when it is first asked for. */
    public Path file(String name) {
        if (!Files.exists(store(name))) {
            try {
                make(name);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return store(name);
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void make(String name) throws IOException, InterruptedException {
        switch (name) {
            case "good" -> makeKey("good", "-ext", "san=dns:localhost");
            case "other" -> makeKey("other", "-ext", "san=dns:other.example.org");
            case "expired" -> makeExpired();
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** Java takes a trusted certificate as it is, expired or not; so this one is signed by another. */
    private void makeExpired() throws IOException, InterruptedException {
        String request = folder.resolve("request").toString();
        String signed = folder.resolve("signed").toString();
        String ca = folder.resolve("ca.pem").toString();
        makeKey("ca", "-ext", "bc:c");
        makeKey("expired", "-ext", "san=dns:localhost");
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
        command.add(store(store).toString());
        Path log = folder.resolve("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
    }

    public char[] password() {
        return PASSWORD.toCharArray();
    }

    /** For a client that trusts whoever made those that were asked for. */
    public SSLSocketFactory trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (String one : List.of("good", "other", "ca")) {
                if (Files.exists(store(one))) {
                    trusted.setCertificateEntry(one, load(one).getCertificate(one));
                }
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
        try (InputStream in = Files.newInputStream(store(name))) {
            store.load(in, password());
        }
        return store;
    }
}
