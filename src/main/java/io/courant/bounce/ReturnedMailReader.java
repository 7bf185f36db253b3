package io.courant.bounce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields of delivery status notifications (RFC 3464), one report for each recipient. */
public final class ReturnedMailReader {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z-]+): *(?:rfc822; *|smtp; *)?(.*)");

    /** What the mail says. */
    public ReturnedMail read(InputStream mail) throws IOException {
        String messageId = "";
        List<String> addressees = new ArrayList<>();
        List<Report> reports = new ArrayList<>();
        String recipient = null;
        String status = "";
        BufferedReader lines = new BufferedReader(new InputStreamReader(mail, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                continue;
            }
            String value = field.group(2).replaceAll("[<>]", "").strip();
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "message-id" -> messageId = messageId.isEmpty() ? value : messageId;
                case "to", "delivered-to", "x-original-to", "return-path" -> addressees.add(value);
                case "final-recipient" -> recipient = value;
                case "status" -> status = value;
                case "diagnostic-code" -> reports.add(report(recipient, status, value));
                default -> {}
            }
        }
        return new ReturnedMail(messageId, addressees, reports);
    }

    private static Report report(@Nullable String recipient, String status, String diagnostic) {
        Report refusal = RefusalReader.read(diagnostic);
        Report.Kind kind = status.startsWith("5.1.") ? Report.Kind.HARD : refusal.kind();
        return new Report(recipient, kind, status, refusal.reply(), "", diagnostic);
    }
}
