package io.courant.dns;

import io.courant.delivery.DkimKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Whether DNS has the public half of each key that signs (RFC 6376 §3.6.1). */
final class DkimChecks {
    private static final String DKIM = "DKIM";
    private static final int SHORTEST_RSA = 1024; // RFC 8301 §3.2
    private static final int ADVISED_RSA = 2048;

    private final Records records;
    private final Sender sender;

    DkimChecks(Records records, Sender sender) {
        this.records = records;
        this.sender = sender;
    }

    List<Check> look() {
        if (sender.keys().isEmpty()) {
            return List.of(Check.unknown(
                    DKIM,
                    "_domainkey." + sender.domain(),
                    "the job has no dkim, so the relay must sign for " + sender.domain()
                            + "; with which selector cannot be known from here"));
        }
        return sender.keys().stream().map(this::key).toList();
    }

    private Check key(DkimKey key) {
        String name = key.selector() + "._domainkey." + key.domain();
        String right = ZoneLine.txt(name, key.record());
        List<String> texts = records.of(name, Records.Type.TXT);
        if (texts.isEmpty()) {
            return Check.wrong(DKIM, name, "no such record, so no signature counts", right);
        }
        if (texts.size() > 1) {
            return Check.wrong(
                    DKIM, name, texts.size() + " records, and receivers take any of them; keep this one", right);
        }
        try {
            return record(key, name, new Tags(texts.get(0)), right);
        } catch (IllegalArgumentException e) {
            return Check.wrong(DKIM, name, "malformed: " + e.getMessage(), right);
        }
    }

    private static Check record(DkimKey key, String name, Tags tags, String right) {
        Tags wanted = new Tags(key.record());
        String type = tags.of("k").orElse("rsa");
        String published = tags.of("p").map(text -> text.replaceAll("\\s", "")).orElse("");
        if (!tags.of("v").orElse("DKIM1").equals("DKIM1")) {
            return Check.wrong(DKIM, name, "its v= should be DKIM1", right);
        }
        if (published.isEmpty()) {
            return Check.wrong(
                    DKIM, name, tags.of("p").isPresent() ? "the key was revoked (empty p=)" : "has no p=", right);
        }
        if (!type.equals(wanted.of("k").orElse(""))
                || !published.equals(wanted.of("p").orElse(""))) {
            return Check.wrong(DKIM, name, "another key than the job signs with", right);
        }
        if (!tags.allows("h", "sha256")) {
            return Check.wrong(DKIM, name, "its h= does not allow sha256", right);
        }
        if (!tags.allows("s", "*", "email")) {
            return Check.wrong(DKIM, name, "its s= does not allow email", right);
        }
        int bits = type.equals("rsa") ? bits(published) : ADVISED_RSA;
        if (bits < SHORTEST_RSA) {
            return Check.wrong(DKIM, name, "RSA of " + bits + " bits, which receivers do not count; make one of 2048");
        }
        if (tags.of("t").isPresent()
                && List.of(tags.of("t").get().split("\\s*:\\s*", -1)).contains("y")) {
            return Check.hint(DKIM, name, "says t=y, that it is being tried out; take that away when mail goes out");
        }
        return bits < ADVISED_RSA
                ? Check.hint(DKIM, name, "RSA of " + bits + " bits; " + ADVISED_RSA + " is usual")
                : Check.ok(
                        DKIM, name, "the job's key (" + (type.equals("rsa") ? "RSA, " + bits + " bits" : type) + ")");
    }

    private static int bits(String published) {
        try {
            return KeyFactory.getInstance("RSA")
                                    .generatePublic(new X509EncodedKeySpec(
                                            Base64.getDecoder().decode(published)))
                            instanceof RSAPublicKey rsa
                    ? rsa.getModulus().bitLength()
                    : 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("p= is no RSA key", e);
        }
    }
}
