package io.courant.desk;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What programs may ask for, described for programs: OpenAPI 3.1, by RFC 9512's media type. */
@RestController
final class ApiDescription {
    static final String RESOURCE = "/desk/openapi.yaml";

    private static final MediaType YAML = new MediaType("application", "yaml");

    @GetMapping(ApiRights.ROOT + "/openapi.yaml")
    ResponseEntity<byte[]> description() throws IOException {
        try (InputStream in = ApiDescription.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the program");
            }
            return ResponseEntity.ok().contentType(YAML).body(in.readAllBytes());
        }
    }
}
