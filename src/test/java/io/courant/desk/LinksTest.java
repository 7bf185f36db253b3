package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/a?b=c", "HTTP://example.org"})
    void whatIsOnTheWebIsALink(String address) {
        assertThat(Links.web(URI.create(address))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "a/b"})
    void nothingElseIs(String address) {
        assertThat(Links.web(URI.create(address))).isEmpty();
    }

    @Test
    void norIsNothing() {
        assertThat(Links.web(null)).isEmpty();
    }
}
