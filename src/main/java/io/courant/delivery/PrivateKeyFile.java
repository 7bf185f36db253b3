package io.courant.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a private key from a PEM file (RFC 7468): PKCS #8, or PKCS #1 as older tools write it for RSA. */
public final class PrivateKeyFile {
    private static final int LARGEST = 64 * 1024;
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
    // version 0, and rsaEncryption (RFC 8017 appendix C) without parameters
    private static final byte[] RSA_PREAMBLE = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
    };
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 4;

    private final Path file;
    private final String text;

    private PrivateKeyFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * The key in a file.
     *
     * @throws IllegalArgumentException saying what is there instead and what to do
     */
    public static PrivateKey read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "key file " + file + (Files.exists(file) ? " is no file" : " not found"));
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(
                        "key file " + file + " is larger than any key (" + Files.size(file) + " bytes)");
            }
            return new PrivateKeyFile(file, Files.readString(file, StandardCharsets.ISO_8859_1)).key();
        } catch (IOException e) {
            throw new IllegalArgumentException("key file " + file + " cannot be read (" + e + ")", e);
        }
    }

    private PrivateKey key() {
        Matcher begin = BEGIN.matcher(text);
        String other = "";
        while (begin.find()) {
            String label = begin.group(1);
            if (label.endsWith("PRIVATE KEY")) {
                return key(label, content(label, begin.end()));
            }
            other = label;
        }
        throw refused(
                other.isEmpty()
                        ? "is not PEM: it has no line '-----BEGIN PRIVATE KEY-----'"
                        : "holds a " + other + " and no private key; name the file with the private key");
    }

    private byte[] content(String label, int start) {
        int end = text.indexOf("-----END " + label + "-----", start);
        if (end < 0) {
            throw refused("is cut off: '-----END " + label + "-----' is missing");
        }
        String content = text.substring(start, end);
        if (label.startsWith("ENCRYPTED") || content.contains("ENCRYPTED")) {
            throw refused("is locked with a passphrase; write the key to a file that only Courant's user can read:"
                    + " openssl pkey -in LOCKED -out OPEN");
        }
        try {
            return Base64.getDecoder().decode(content.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw refused("is damaged: " + e.getMessage());
        }
    }

    private PrivateKey key(String label, byte[] der) {
        return switch (label) {
            case "PRIVATE KEY" -> key(der);
            case "RSA PRIVATE KEY" -> key(pkcs8(der));
            default ->
                throw refused("holds an " + label + "; DKIM takes RSA and Ed25519 in PEM, as"
                        + " 'openssl genrsa 2048' or 'openssl genpkey -algorithm ed25519' write them");
        };
    }

    private PrivateKey key(byte[] pkcs8) {
        PrivateKey key = Stream.of("RSA", "Ed25519", "EC", "DSA")
                .flatMap(algorithm -> parsed(algorithm, pkcs8).stream())
                .findFirst()
                .orElseThrow(() -> refused("is damaged, or holds neither an RSA nor an Ed25519 key"));
        try {
            return DkimKey.checkedKey(key);
        } catch (IllegalArgumentException e) {
            throw refused("cannot be used: " + e.getMessage());
        }
    }

    private static Optional<PrivateKey> parsed(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java lacks " + algorithm + " keys", e);
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("key file " + file + " " + why);
    }

    /** RFC 5958 around RFC 8017: Java reads no bare PKCS #1. */
    private static byte[] pkcs8(byte[] pkcs1) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA_PREAMBLE);
        content.writeBytes(der(OCTET_STRING, pkcs1));
        return der(SEQUENCE, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = content.length;
        if (length > 0xFF) { // DER wants the shortest form; no file read here needs three bytes
            value.write(0x82);
            value.write(length >> 8);
        } else if (length > 0x7F) {
            value.write(0x81);
        }
        value.write(length);
        value.writeBytes(content);
        return value.toByteArray();
    }
}
