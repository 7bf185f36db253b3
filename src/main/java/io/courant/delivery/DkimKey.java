package io.courant.delivery;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A key that signs a newsletter's mail (DKIM, RFC 6376). It has signed once when it comes into being, so a key that
 * cannot is refused when the job is loaded and not when mail goes out. That its public half is found in DNS under the
 * selector and the domain is left to the operator.
 *
 * @param domain who answers for the mail ({@code d=})
 * @param selector which of the domain's keys this is ({@code s=})
 * @param key RSA of 1024 to 4096 bits, or Ed25519
 */
public record DkimKey(String domain, String selector, PrivateKey key) {
    // RFC 8301 §3.2: nobody may sign with less, nobody need verify more.
    private static final int SHORTEST_RSA = 1024;
    private static final int LONGEST_RSA = 4096;

    private static final int ED25519_LENGTH = 32;

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern LABELS = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final int LONGEST_NAME = 253; // RFC 1035 §2.3.4

    public DkimKey {
        domain = checkedDomain(domain);
        selector = checkedSelector(selector);
        if ((selector + "._domainkey." + domain).length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "selector and domain together are longer than the " + LONGEST_NAME + " characters that DNS has");
        }
        key = checkedKey(key);
    }

    /** A domain name in small letters, or why it is none. */
    public static String checkedDomain(String text) {
        String domain = text.strip().toLowerCase(Locale.ROOT);
        if (!domain.contains(".") || !LABELS.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "expected a domain such as news.example.org, in ASCII (xn--…); found '" + text + "'");
        }
        return domain;
    }

    /** A selector (RFC 6376 §3.1) in small letters, or why it is none. */
    public static String checkedSelector(String text) {
        String selector = text.strip().toLowerCase(Locale.ROOT);
        if (!LABELS.matcher(selector).matches()) {
            throw new IllegalArgumentException("expected the selector under which DNS has the public key, such as"
                    + " 2026a for 2026a._domainkey.example.org; found '" + text + "'");
        }
        return selector;
    }

    /** A key that has signed, or why it cannot. */
    public static PrivateKey checkedKey(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
                throw new IllegalArgumentException("the RSA key has " + bits + " bits; receivers take " + SHORTEST_RSA
                        + " to " + LONGEST_RSA + " (RFC 8301), and 2048 is usual");
            }
        } else if (!isEd25519(key)) {
            throw new IllegalArgumentException("the key is " + key.getAlgorithm() + "; DKIM has RSA and Ed25519");
        }
        try {
            sign(key, new byte[1]);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is damaged: it cannot sign (" + e.getMessage() + ")", e);
        }
        return key;
    }

    /** The tag {@code a=}. */
    String algorithm() {
        return isEd25519(key) ? "ed25519-sha256" : "rsa-sha256";
    }

    /** What DNS has to say under the selector (RFC 6376 §3.6.1, RFC 8463 §4). */
    public String record() {
        byte[] half = publicKey().getEncoded();
        if (isEd25519(key)) { // RFC 8463: the bare key, without the frame that Java puts around it
            half = Arrays.copyOfRange(half, half.length - ED25519_LENGTH, half.length);
        }
        return "v=DKIM1; k=" + (isEd25519(key) ? "ed25519" : "rsa") + "; p="
                + Base64.getEncoder().encodeToString(half);
    }

    private PublicKey publicKey() {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
                // Java makes a public key in generating a pair only, from the bytes that it draws.
                KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
                pairs.initialize(
                        NamedParameterSpec.ED25519, new Drawn(ed.getBytes().get()));
                return pairs.generateKeyPair().getPublic();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the public half of DKIM key " + selector + " cannot be worked out", e);
        }
        throw new IllegalStateException("DKIM key " + selector + " does not hold what its public half is made from");
    }

    /** Draws what it was given. */
    private static final class Drawn extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Drawn(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }

    /** The same bytes get the same signature each time: PKCS #1 v1.5 and Ed25519 use no random numbers. */
    byte[] sign(byte[] bytes) {
        try {
            return sign(key, bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("DKIM key " + selector + " of " + domain + " no longer signs", e);
        }
    }

    private static byte[] sign(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
        if (isEd25519(key)) {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(sha256().digest(bytes)); // RFC 8463 §3: what is signed is the hash
            return signature.sign();
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(bytes);
        return signature.sign();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isEd25519(PrivateKey key) {
        return key instanceof EdECPrivateKey ed
                && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }
}
