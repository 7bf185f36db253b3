package io.courant.delivery;

import static io.courant.delivery.DkimKeys.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeyFileTest {
    private static final KeyPair RSA = DkimKeys.rsa(2048);

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("dkim.pem"), text);
    }

    private void refused(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> PrivateKeyFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("key file " + file + " ")
                .hasMessageContaining(message);
    }

    @Test
    void bothFormsOfAnRsaKeyAreTheSameKey() throws IOException {
        PrivateKey key = RSA.getPrivate();
        assertThat(PrivateKeyFile.read(file(pem("PRIVATE KEY", key.getEncoded()))))
                .isEqualTo(key);
        assertThat(PrivateKeyFile.read(file(pem("RSA PRIVATE KEY", DkimKeys.pkcs1(key)))))
                .isEqualTo(key);
    }

    @Test
    void ed25519KeysAreRead() throws IOException {
        PrivateKey key = DkimKeys.generated("Ed25519").getPrivate();
        assertThat(PrivateKeyFile.read(file(pem("PRIVATE KEY", key.getEncoded()))))
                .isEqualTo(key);
    }

    @Test
    void aKeyIsFoundBesideWhatToolsWriteAroundIt() throws IOException {
        String text = "Bag Attributes\r\n  friendlyName: größe\r\n" + pem("CERTIFICATE", new byte[90])
                + pem("PRIVATE KEY", RSA.getPrivate().getEncoded()).replace("\n", "\r\n");
        assertThat(PrivateKeyFile.read(file(text))).isEqualTo(RSA.getPrivate());
    }

    @Test
    void aFileWithoutAPrivateKeyIsRefused() throws IOException {
        refused("", "is not PEM: it has no line '-----BEGIN PRIVATE KEY-----'");
        refused("\0\1\2", "is not PEM");
        refused(
                pem("PUBLIC KEY", RSA.getPublic().getEncoded()),
                "holds a PUBLIC KEY and no private key; name the file with the private key");
        assertThatThrownBy(() -> PrivateKeyFile.read(folder.resolve("none.pem")))
                .hasMessage("key file " + folder.resolve("none.pem") + " not found");
        assertThatThrownBy(() -> PrivateKeyFile.read(folder)).hasMessage("key file " + folder + " is no file");
        refused("x".repeat(70_000), "is larger than any key (70000 bytes)");
    }

    @Test
    void aDamagedKeyIsRefused() throws IOException {
        byte[] der = RSA.getPrivate().getEncoded();
        String pem = pem("PRIVATE KEY", der);
        refused(pem.substring(0, 500), "is cut off: '-----END PRIVATE KEY-----' is missing");
        refused(pem.replaceFirst("\n.{10}", "\n%%"), "is damaged");
        refused(pem.replaceFirst("(?m)^[A-Za-z0-9+/]{64}\n", ""), "is damaged");
        byte[] wrong = der.clone();
        wrong[der.length - 300] ^= 1; // within a prime or an exponent: Java reads it, but it no longer signs
        refused(pem("PRIVATE KEY", wrong), "the key is damaged: it cannot sign");
    }

    @Test
    void keysThatDkimCannotUseAreRefused() throws IOException {
        refused(pem("PRIVATE KEY", DkimKeys.rsa(512).getPrivate().getEncoded()), "the RSA key has 512 bits");
        refused(pem("PRIVATE KEY", DkimKeys.generated("EC").getPrivate().getEncoded()), "the key is EC");
        refused(pem("PRIVATE KEY", DkimKeys.generated("Ed448").getPrivate().getEncoded()), "Ed25519");
        refused(pem("EC PRIVATE KEY", new byte[100]), "holds an EC PRIVATE KEY; DKIM takes RSA and Ed25519 in PEM");
        refused(pem("OPENSSH PRIVATE KEY", new byte[100]), "holds an OPENSSH PRIVATE KEY");
    }

    @Test
    void aLockedKeyIsRefused() throws IOException {
        refused(pem("ENCRYPTED PRIVATE KEY", new byte[100]), "is locked with a passphrase");
        refused("""
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """, "openssl pkey -in LOCKED -out OPEN");
    }
}
