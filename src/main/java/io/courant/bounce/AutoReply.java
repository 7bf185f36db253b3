package io.courant.bounce;

import java.util.Locale;
import java.util.regex.Pattern;

/** Answers of programs on behalf of a reader (RFC 3834): away, received, back soon. */
final class AutoReply {
    private static final Pattern SUBJECT = Pattern.compile(
            "^(?:re: ?)?(?:auto(?:mat(?:ic|ed))?[ :-]{0,2}(?:re(?:ply|sponse|spond)|answer)|autoreply|out[ -]of[ -](?:the )?office|away from"
                    + "|i am away|on (?:vacation|holiday|leave)|vacation|holiday|automatische antwort|abwesen|automatisch antwoord|afwezig"
                    + "|réponse automatique|absence|absent|respuesta automática|fuera de la oficina|risposta automatica"
                    + "|fuori sede|resposta automática|ausência|automatiskt svar|autosvar|frånvaro|automaattinen vastaus"
                    + "|автоответ|автоматический ответ|autoodpowiedź|odpowiedź automatyczna|automatická odpověď|otomatik yanıt"
                    + "|自动回复|自動回覆|自動応答|自動返信|不在|자동 회신|부재중)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private AutoReply() {}

    /** Whether a mail's header says so in the field that is meant for it (RFC 3834 §5). */
    static boolean isMarked(Fields header) {
        return header.text("auto-submitted").strip().toLowerCase(Locale.ROOT).startsWith("auto-replied");
    }

    /** Whether a mail's header says that a program answers for somebody. */
    static boolean claims(Fields header) {
        String precedence = header.text("precedence").toLowerCase(Locale.ROOT);
        return isMarked(header)
                || precedence.matches("auto[_-]?reply")
                || header.has("x-autoreply")
                || header.has("x-autorespond")
                || header.has("x-autoresponder")
                || header.has("x-auto-response")
                || SUBJECT.matcher(header.text("subject")).find();
    }
}
