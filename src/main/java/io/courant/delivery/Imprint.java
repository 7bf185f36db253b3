package io.courant.delivery;

import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * What the personal parts of an issue's messages are made from. It is frozen with the issue, so that a message sent a
 * second time is the same to the byte, whatever has become of the job file.
 *
 * @param newsletter name of the newsletter
 * @param domain of the sender, for Message-ID and reverse-path
 * @param home web address below which the unsubscribe pages stand
 * @param zone in which days are counted
 */
public record Imprint(String newsletter, String domain, URI home, ZoneId zone) {
    /** Of an issue of the newsletter as it is now. */
    public static Imprint of(Newsletter newsletter) {
        return new Imprint(
                newsletter.name(), newsletter.from().address().domain(), newsletter.home(), newsletter.zone());
    }

    /** The Message-ID of an issue's message to a subscriber, without angle brackets; the same each time. */
    public String messageId(IssueId issue, long subscriber) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((issue + "/" + subscriber).getBytes(StandardCharsets.UTF_8));
            return issue + "." + Base32.encode(Arrays.copyOf(hash, 10)) + "@" + domain;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
