package io.courant.dns;

import io.courant.delivery.Alignment;
import java.util.List;

/** What the domain asks receivers to do with mail that only pretends to come from it (RFC 7489 §6). */
final class DmarcChecks {
    private static final String DMARC = "DMARC";

    private final Records records;
    private final Sender sender;

    DmarcChecks(Records records, Sender sender) {
        this.records = records;
        this.sender = sender;
    }

    Check look() {
        String organisation = Alignment.organisation(sender.domain());
        for (String domain = sender.domain(); ; domain = domain.substring(domain.indexOf('.') + 1)) {
            String name = "_dmarc." + domain;
            List<String> texts = records.of(name, Records.Type.TXT).stream()
                    .filter(text -> text.matches("(?i)v\\s*=\\s*DMARC1(?:\\s*;.*)?"))
                    .toList();
            if (texts.size() > 1) {
                return Check.wrong(DMARC, name, texts.size() + " records, so receivers take none; keep one");
            }
            if (texts.size() == 1) {
                return record(name, texts.get(0), domain.equals(sender.domain()));
            }
            if (domain.equals(organisation)) {
                return Check.wrong(
                        DMARC,
                        "_dmarc." + sender.domain(),
                        "no such record, and Gmail and Yahoo want one of bulk senders",
                        right());
            }
        }
    }

    private Check record(String name, String text, boolean own) {
        Tags tags;
        try {
            tags = new Tags(text);
        } catch (IllegalArgumentException e) {
            return Check.wrong(DMARC, name, text + ": " + e.getMessage() + "; receivers take none of it", right());
        }
        String policy = own
                ? tags.of("p").orElse("")
                : tags.of("sp").or(() -> tags.of("p")).orElse("");
        if (!policy.matches("none|quarantine|reject")) {
            return Check.wrong(DMARC, name, text + ": p= should be none, quarantine or reject", right());
        }
        for (String mode : List.of("adkim", "aspf")) {
            if (!tags.of(mode).orElse("r").matches("[rs]")) {
                return Check.wrong(DMARC, name, text + ": " + mode + "= should be r or s", right());
            }
        }
        boolean strict = tags.of("adkim").orElse("r").equals("s");
        boolean signed = sender.keys().stream()
                .anyMatch(key -> strict
                        ? key.domain().equals(sender.domain())
                        : Alignment.isRelaxed(key.domain(), sender.domain()));
        if (!sender.keys().isEmpty() && !signed) {
            return Check.wrong(
                    DMARC,
                    name,
                    text + ": no key of the job signs for " + sender.domain()
                            + (strict ? " itself, as adkim=s wants" : "") + ", so its signatures do not count");
        }
        return tags.of("rua").isEmpty()
                ? Check.hint(DMARC, name, text + ": nobody hears of forgeries; add rua=mailto:" + sender.reports())
                : Check.ok(DMARC, name, text);
    }

    private String right() {
        return ZoneLine.txt("_dmarc." + sender.domain(), "v=DMARC1; p=none; rua=mailto:" + sender.reports());
    }
}
