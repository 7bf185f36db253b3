package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.org");

    @Test
    void nameAndAddressAreRead() {
        assertThat(Mailbox.parse("Ada Lovelace <ada@example.org>")).isEqualTo(new Mailbox("Ada Lovelace", ADA));
        assertThat(Mailbox.parse("  \"Lovelace, Ada\" <ada@example.org> "))
                .isEqualTo(new Mailbox("Lovelace, Ada", ADA));
        assertThat(Mailbox.parse("<ada@example.org>")).isEqualTo(new Mailbox("", ADA));
        assertThat(Mailbox.parse("ada@example.org")).isEqualTo(new Mailbox("", ADA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ada",
                "Lovelace, Ada",
                "Ada \"Countess\" L.",
                "back\\slash",
                "a <b> c",
                "Bücherei 例え",
                "\"",
                "\\"
            })
    void whatIsWrittenIsReadBack(String name) {
        Mailbox mailbox = new Mailbox(name, ADA);
        assertThat(Mailbox.parse(mailbox.toString())).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada\r\nBcc: eve@example.org", "Ada\n", "Ada\0", "Ada\u2028Bcc", "A\tda"})
    void aNameThatCouldForgeAHeaderIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mailbox(name, ADA))
                .withMessageContaining("display name")
                .withMessageNotContainingAny("\r", "\n", "\0");
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse(name + " <ada@example.org>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                "",
                "Ada <ada@example.org> x",
                "Ada <ada@example.org, bob@example.org>",
                "ada@example.org\n",
                "ada@example.org\r\nBcc: eve@example.org",
                "Ada <ada@example.org>\r\nBcc: <eve@example.org>"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse(text));
    }
}
