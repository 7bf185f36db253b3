package io.courant.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/** One client's conversation with the relay (RFC 5321 §4.1.1). Each method says whether it goes on. */
final class Dialogue {
    private final Behaviour behaviour;
    private final Intake intake;
    private final Wire wire;
    private final BooleanSupplier crowded;
    private boolean secured;
    private boolean loggedIn;
    private boolean used;
    private String mail = ""; // the command; empty: no sender was taken
    private final List<String> rcpts = new ArrayList<>();

    Dialogue(Behaviour behaviour, Intake intake, Wire wire, BooleanSupplier crowded) {
        this.behaviour = behaviour;
        this.intake = intake;
        this.wire = wire;
        this.crowded = crowded;
    }

    void go() throws IOException {
        SSLContext tls = behaviour.tls;
        if (tls != null) {
            secure(tls);
        }
        boolean goesOn = give(Step.BANNER, "220 " + FakeRelay.NAME + " ESMTP");
        while (goesOn) {
            String line = wire.line();
            goesOn = line != null && hear(line);
        }
        wire.hangUp();
    }

    private boolean hear(String line) throws IOException {
        intake.heard(line);
        return switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
            case "EHLO" -> give(Step.EHLO, behaviour.greeting(secured));
            case "HELO" -> give(Step.EHLO, "250 " + FakeRelay.NAME);
            case "STARTTLS" -> starttls();
            case "AUTH" -> auth(line);
            case "MAIL" -> mail(line);
            case "RCPT" -> rcpt(line);
            case "DATA" -> data();
            case "RSET" -> {
                endTransaction();
                yield give(Step.RSET, "250 2.0.0 ok");
            }
            case "QUIT" -> {
                give(Step.QUIT, "221 2.0.0 bye");
                yield false;
            }
            case "NOOP" -> say("250 2.0.0 ok");
            case "VRFY" -> say("252 2.5.2 send it and see");
            default -> say("500 5.5.2 unknown command");
        };
    }

    private boolean starttls() throws IOException {
        SSLContext context = secured ? null : behaviour.starttls;
        String usual = context == null ? "503 5.5.1 no STARTTLS here" : "220 2.0.0 go ahead";
        Answer answer = behaviour.script.answer(Step.STARTTLS, "", usual);
        if (!give(Step.STARTTLS, answer, usual)) {
            return false;
        }
        if (context != null && answer.reply(usual).startsWith("220")) {
            secure(context);
        }
        return true;
    }

    private void secure(SSLContext context) throws IOException {
        wire.secure(context);
        secured = true;
        endTransaction();
    }

    private boolean auth(String line) throws IOException {
        Login login = behaviour.login;
        String usual = login == null || !behaviour.mayLogIn(secured)
                ? "503 5.5.1 no login here"
                : login.verdict(line, challenge -> {
                    say("334 " + challenge);
                    return wire.line();
                });
        Answer answer = behaviour.script.answer(Step.AUTH, "", usual);
        loggedIn = answer.reply(usual).startsWith("235");
        return give(Step.AUTH, answer, usual);
    }

    private boolean mail(String line) throws IOException {
        String usual = senderVerdict(line);
        Answer answer = behaviour.script.answer(Step.MAIL, "", usual);
        used = true;
        mail = answer.reply(usual).startsWith("250") ? line : "";
        rcpts.clear();
        return give(Step.MAIL, answer, usual);
    }

    private String senderVerdict(String line) {
        if (!used && crowded.getAsBoolean()) {
            return "421 4.7.0 too many connections";
        }
        if (behaviour.login != null && !loggedIn) {
            return "530 5.7.0 log in first";
        }
        if (!mail.isEmpty()) {
            return "503 5.5.1 there is a sender already";
        }
        if (!line.matches("(?i)MAIL FROM: ?<[^>]*>.*")) {
            return "501 5.5.4 expected MAIL FROM:<address>";
        }
        return behaviour.offers.fault(line.substring(line.indexOf('>') + 1)).orElse("250 2.1.0 ok");
    }

    private boolean rcpt(String line) throws IOException {
        if (mail.isEmpty() && !behaviour.lenient) {
            return say("503 5.5.1 MAIL first");
        }
        String usual =
                line.matches("(?i)RCPT TO: ?<[^>]+>.*") ? "250 2.1.5 ok" : "501 5.5.4 expected RCPT TO:<address>";
        Answer answer = behaviour.script.answer(Step.RCPT, Taken.path(line), usual);
        if (answer.reply(usual).startsWith("25")) {
            rcpts.add(line);
        }
        return give(Step.RCPT, Taken.path(line), answer, usual);
    }

    private boolean data() throws IOException {
        String usual = rcpts.isEmpty() ? "554 5.5.1 no valid recipients" : "354 go on, and end with a dot";
        Answer answer = behaviour.script.answer(Step.DATA, recipient(), usual);
        return give(Step.DATA, answer, usual) && (!answer.reply(usual).startsWith("354") || content());
    }

    private boolean content() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean more = wire.contentLine(content);
        Answer middle = behaviour.script.answer(Step.CONTENT, recipient(), "");
        if (!give(Step.CONTENT, middle, "")) {
            return false;
        }
        while (more) {
            more = wire.contentLine(content);
        }
        boolean answered = !middle.reply("").isEmpty();
        return answered ? endTransaction() : dot(content.toString(StandardCharsets.ISO_8859_1));
    }

    private boolean dot(String content) throws IOException {
        String usual = behaviour.offers.sizeFault(content.length()).orElse("250 2.0.0 queued as " + intake.copies());
        Answer answer = behaviour.script.answer(Step.DOT, recipient(), usual);
        boolean takes = answer.reply(usual).startsWith("250") || (answer instanceof Answer.Fault f && f.takes());
        if (takes) { // with nobody to send it to, it comes to nothing
            intake.take(
                    rcpts.stream().map(rcpt -> new Taken(mail, rcpt, content)).toList(), answer.logged(usual));
        }
        String recipient = recipient();
        return give(Step.DOT, recipient, answer, usual) && endTransaction();
    }

    private boolean give(Step step, String usual) throws IOException {
        return give(step, behaviour.script.answer(step, "", usual), usual);
    }

    private boolean give(Step step, Answer answer, String usual) throws IOException {
        return give(step, recipient(), answer, usual);
    }

    private boolean give(Step step, String recipient, Answer answer, String usual) throws IOException {
        behaviour.listener.reached(step, recipient);
        if (answer instanceof Answer.Delay delay) {
            wire.pause(delay.time());
        }
        String reply = answer.reply(usual);
        if (reply.startsWith("4") || reply.startsWith("5")) {
            intake.refused(step, Taken.path(mail), recipient, reply);
        }
        if (!reply.isEmpty()) {
            wire.say(reply, () -> behaviour.listener.answered(step, recipient));
        }
        if (answer instanceof Answer.Fault fault) {
            suffer(fault, step);
            return false;
        }
        return !reply.startsWith("421");
    }

    private void suffer(Answer.Fault fault, Step step) throws IOException {
        switch (fault) {
            case DROP, TAKE_AND_DROP -> wire.cut();
            case TAKE_THEN_RESET -> wire.reset();
            case STALL -> wire.stall(step == Step.CONTENT);
            case DRIP -> wire.drip();
            case GARBAGE -> {
                if (step == Step.STARTTLS) {
                    say("220 2.0.0 go ahead");
                }
                wire.garbage();
            }
        }
    }

    private boolean endTransaction() {
        mail = "";
        rcpts.clear();
        return true;
    }

    /** The recipient that was named last. */
    private String recipient() {
        return rcpts.isEmpty() ? "" : Taken.path(rcpts.get(rcpts.size() - 1));
    }

    private boolean say(String reply) throws IOException {
        wire.say(reply, () -> {});
        return true;
    }
}
