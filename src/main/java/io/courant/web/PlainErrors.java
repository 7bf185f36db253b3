package io.courant.web;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what is refused before it reaches a page, such as a malformed address: in a few words, as {@link Troubles}. */
final class PlainErrors extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable trouble) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(words(response.getStatus()));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            // Whoever asked has hung up: there is nobody to tell.
        }
    }

    private static String words(int status) {
        if (status == 413) {
            return "This is too large; nothing was changed.\n";
        }
        return status < 500 ? "This could not be understood.\n" : "This did not work.\n";
    }
}
