package io.courant.delivery;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys to sign with, made for each run of the tests, and the one that RFC 8463 appendix A.1 publishes. */
final class DkimKeys {
    private DkimKeys() {}

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair generated(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static PrivateKey brisbane() {
        try {
            byte[] seed = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
            byte[] der = new byte[48];
            byte[] preamble = {0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 34, 4, 32}; // RFC 8410 §7
            System.arraycopy(preamble, 0, der, 0, preamble.length);
            System.arraycopy(seed, 0, der, preamble.length, seed.length);
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What DNS has for a key (RFC 6376 §3.6.1, RFC 8463 §4.2: Ed25519 without its ASN.1). */
    static String record(PublicKey key) {
        byte[] encoded = key.getEncoded();
        boolean rsa = key.getAlgorithm().equals("RSA");
        byte[] published = rsa ? encoded : java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return "v=DKIM1; k=" + (rsa ? "rsa" : "ed25519") + "; p="
                + Base64.getEncoder().encodeToString(published);
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** PKCS #1 out of PKCS #8: the content of the last value, an octet string. */
    static byte[] pkcs1(PrivateKey rsa) {
        byte[] pkcs8 = rsa.getEncoded();
        for (int i = 20; i < 40; i++) {
            if (pkcs8[i] == 4 && pkcs8[i + 1] == (byte) 0x82) {
                return java.util.Arrays.copyOfRange(pkcs8, i + 4, pkcs8.length);
            }
        }
        throw new AssertionError("no key of 1024 bits or more");
    }
}
