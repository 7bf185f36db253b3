package io.courant.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What the relay shows to prove who it is; right, wrong or expired is the key store's affair. */
final class Certificate {
    private Certificate() {}

    /** TLS with the key and certificate of a PKCS #12 file. */
    static SSLContext context(Path keyStore, char[] password) throws IOException {
        InputStream file = new ByteArrayInputStream(Files.readAllBytes(keyStore));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(keyStore + ": not a PKCS #12 file with a key that the password opens (" + e + ")", e);
        }
    }
}
