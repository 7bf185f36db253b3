package io.courant.bounce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a mailbox handed over. */
final class Collected implements BounceMailbox.Taker {
    final List<RawMail> mails = new ArrayList<>();
    final List<String> problems = new ArrayList<>();

    static Collected from(BounceMailbox mailbox) {
        Collected collected = new Collected();
        mailbox.forEachUnread(collected);
        return collected;
    }

    static String text(RawMail mail) {
        try {
            return new String(mail.content().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> texts() {
        return mails.stream().map(Collected::text).toList();
    }

    @Override
    public void take(RawMail mail) {
        mails.add(mail);
    }

    @Override
    public void passedOver(String problem) {
        problems.add(problem);
    }
}
