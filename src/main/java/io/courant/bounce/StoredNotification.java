package io.courant.bounce;

import io.courant.bounce.Report.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Amazon SES publishes of a mail, in JSON, where a subscription of SNS sends it on by mail. */
final class StoredNotification {
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
        List<Report> reports = new ArrayList<>();
        switch (notification.path("notificationType").asString("")) {
            case "Bounce" -> {
                for (JsonNode recipient : notification.path("bounce").path("bouncedRecipients")) {
                    reports.add(new Finding(
                                    recipient.path("emailAddress").asString(""),
                                    recipient.path("action").asString("").toLowerCase(Locale.ROOT),
                                    recipient.path("status").asString(""),
                                    recipient
                                            .path("diagnosticCode")
                                            .asString("")
                                            .replaceFirst("^smtp; ?", ""),
                                    "")
                            .report());
                }
            }
            case "Complaint" -> {
                JsonNode complaint = notification.path("complaint");
                String type = complaint.path("complaintFeedbackType").asString("abuse");
                for (JsonNode recipient : complaint.path("complainedRecipients")) {
                    reports.add(new Report(
                            recipient.path("emailAddress").asString(""),
                            Kind.COMPLAINT,
                            "",
                            "",
                            type,
                            "SES complaint: " + type));
                }
            }
            case "Delivery" -> {
                String response =
                        notification.path("delivery").path("smtpResponse").asString("");
                String reply = response.matches("2\\d\\d\\b.*") ? response.substring(0, 3) : "";
                for (JsonNode recipient : notification.path("delivery").path("recipients")) {
                    reports.add(new Report(
                            recipient.asString(""),
                            Kind.UNKNOWN,
                            Codes.in(response).status(),
                            reply,
                            "",
                            Fields.oneLine(response, 300)));
                }
            }
            default -> {}
        }
        return reports;
    }
}
