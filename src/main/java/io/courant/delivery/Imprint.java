package io.courant.delivery;

import io.courant.issue.Newsletter;
import java.net.URI;
import java.time.ZoneId;

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
    static Imprint of(Newsletter newsletter) {
        return new Imprint(
                newsletter.name(), newsletter.from().address().domain(), newsletter.home(), newsletter.zone());
    }
}
