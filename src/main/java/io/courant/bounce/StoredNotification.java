package io.courant.bounce;

import io.courant.bounce.Report.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Amazon SES publishes of a mail, in JSON, where a subscription of SNS sends it on by mail. */
final class StoredNotification {
    private static final int LONGEST_EVIDENCE = 300;
    private static final Pattern FOLD = Pattern.compile("\\r?\\n ?");
    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredNotification() {}

    static List<Report> reports(String text) {
        int start = text.indexOf("{\"notificationType\"");
        if (start < 0) {
            return List.of();
        }
        int end = text.indexOf("\n--\n", start);
        String json = FOLD.matcher(text.substring(start, end < 0 ? text.length() : end))
                .replaceAll("");
        try {
            return reports(JSON.readTree(json));
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static List<Report> reports(JsonNode notification) {
        JsonNode bounce = notification.path("bounce");
        JsonNode complaint = notification.path("complaint");
        JsonNode delivery = notification.path("delivery");
        return switch (text(notification, "notificationType")) {
            case "Bounce" -> each(bounce.path("bouncedRecipients"), StoredNotification::bounced);
            case "Complaint" -> {
                String type = text(complaint, "complaintFeedbackType").toLowerCase(Locale.ROOT);
                yield each(
                        complaint.path("complainedRecipients"),
                        recipient -> complained(recipient, type.isEmpty() ? "abuse" : type));
            }
            case "Delivery" -> {
                String response = text(delivery, "smtpResponse");
                yield each(delivery.path("recipients"), recipient -> delivered(recipient, response));
            }
            default -> List.of();
        };
    }

    private static List<Report> each(JsonNode recipients, Function<JsonNode, Report> report) {
        return recipients
                .valueStream()
                .limit(ReturnedMail.MOST_REPORTS)
                .map(report)
                .toList();
    }

    private static Report bounced(JsonNode recipient) {
        return new Finding(
                        text(recipient, "emailAddress"),
                        text(recipient, "action").toLowerCase(Locale.ROOT),
                        Codes.in(text(recipient, "status")).status(),
                        text(recipient, "diagnosticCode").replaceFirst("^smtp; ?", ""),
                        "")
                .report();
    }

    private static Report complained(JsonNode recipient, String type) {
        return new Report(
                named(text(recipient, "emailAddress")),
                Complaint.kind(type),
                "",
                "",
                type,
                Fields.oneLine("SES complaint: " + type, LONGEST_EVIDENCE));
    }

    private static Report delivered(JsonNode recipient, String response) {
        return new Report(
                named(recipient.asString("")),
                Kind.UNKNOWN,
                Codes.in(response).status(),
                response.matches("2\\d\\d\\b.*") ? response.substring(0, 3) : "",
                "",
                Fields.oneLine(response, LONGEST_EVIDENCE));
    }

    private static @Nullable String named(String recipient) {
        return recipient.isEmpty() ? null : recipient;
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
