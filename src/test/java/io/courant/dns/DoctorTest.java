package io.courant.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.delivery.DkimKey;
import io.courant.delivery.Relay;
import io.courant.dns.Check.Verdict;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A domain whose records are as they should be, and what is said when one of them is not. */
class DoctorTest {
    private static final String DOMAIN = "garden.example";
    private static final String SELECTOR = "s1._domainkey.garden.example";
    private static final DkimKey RSA = key("RSA", 2048, "s1");
    private static final DkimKey ED25519 = key("Ed25519", 255, "e1");

    private StubDns dns;

    @BeforeEach
    void open() {
        dns = new StubDns()
                .txt(DOMAIN, "a word to a search engine")
                .txt(DOMAIN, "v=spf1 ip4:192.0.2.0/24 include:_spf.post.example -all")
                .txt("_spf.post.example", "v=spf1 a:out.post.example mx ~all")
                .txt("_dmarc.garden.example", "v=DMARC1; p=reject; rua=mailto:dmarc@garden.example")
                .mx(DOMAIN, 10, "mail.garden.example")
                .mx("_spf.post.example", 10, "mail.post.example")
                .address("mail.garden.example", "192.0.2.25")
                .address("mail.post.example", "198.51.100.9")
                .address("out.post.example", "198.51.100.7")
                .address("out.post.example", "2001:db8::7")
                .address("www.garden.example", "192.0.2.80");
        publish(RSA.record());
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private static DkimKey key(String algorithm, int bits, String selector) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm);
            pairs.initialize(bits);
            return new DkimKey(DOMAIN, selector, pairs.generateKeyPair().getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(String record) {
        dns.forget(SELECTOR);
        if (record.length() > 200) {
            dns.txt(SELECTOR, record.substring(0, 200), record.substring(200));
        } else {
            dns.txt(SELECTOR, record);
        }
    }

    private StubDns spf(String record) {
        return dns.forget(DOMAIN).mx(DOMAIN, 10, "mail.garden.example").txt(DOMAIN, record);
    }

    private static Relay relay(String host) {
        return new Relay(host, 25, Relay.Tls.NONE, null, null, Relay.Timeouts.DEFAULT);
    }

    private static Sender sender(String relay, DkimKey... keys) {
        return new Sender(DOMAIN, "editors@garden.example", List.of(keys), List.of(relay(relay)), "www.garden.example");
    }

    private List<Check> examine(Sender sender) {
        return new Doctor(DnsRecords.at(dns.address())).examine(sender);
    }

    private List<Check> examine() {
        return examine(sender("mail.garden.example", RSA));
    }

    private List<Check> found(String subject) {
        return examine().stream()
                .filter(check -> check.subject().equals(subject))
                .toList();
    }

    private Check only(String subject) {
        List<Check> found = found(subject);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void aDomainAsItShouldBeIsOk() {
        assertThat(examine()).allMatch(check -> check.verdict() == Verdict.OK);
        assertThat(examine()).extracting(Check::subject).containsExactly("SPF", "SPF", "DKIM", "DMARC", "MX", "A");
        assertThat(found("SPF").get(0).words())
                .isEqualTo("v=spf1 ip4:192.0.2.0/24 include:_spf.post.example -all (3 of 10 lookups)");
        assertThat(found("SPF").get(1).words()).isEqualTo("relay mail.garden.example may send from 192.0.2.25");
        assertThat(only("DKIM").words()).isEqualTo("the job's key (RSA, 2048 bits)");
    }

    @Test
    void whatIsNotThereIsShownAsALineToAdd() {
        dns.forget(DOMAIN).forget(SELECTOR).forget("_dmarc.garden.example").forget("www.garden.example");
        assertThat(examine())
                .extracting(Check::verdict)
                .containsOnly(Verdict.WRONG)
                .hasSize(5);
        assertThat(only("SPF").add()).isEqualTo("garden.example. IN TXT \"v=spf1 ip4:192.0.2.25 ~all\"");
        assertThat(only("DKIM").add())
                .startsWith("s1._domainkey.garden.example. IN TXT \"v=DKIM1; k=rsa; p=MIIB")
                .contains("\" \"");
        assertThat(only("DMARC").add())
                .isEqualTo("_dmarc.garden.example. IN TXT \"v=DMARC1; p=none; rua=mailto:editors@garden.example\"");
        assertThat(only("MX").add()).isEqualTo("garden.example. IN MX 10 mail.garden.example.");
        String added = only("DKIM").add();
        publish(added.substring(added.indexOf('"') + 1, added.length() - 1).replace("\" \"", ""));
        assertThat(only("DKIM").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void senderPolicyThatReceiversDoNotTakeIsTold() {
        dns.txt(DOMAIN, "v=spf1 -all");
        assertThat(only("SPF").words()).startsWith("2 records");
        spf("v=spf1 ipv4:192.0.2.1 -all");
        assertThat(only("SPF").words()).contains("'ipv4:192.0.2.1' is no term of SPF");
        spf("v=spf1 ip4:192.0.2.256 -all");
        assertThat(only("SPF").words()).contains("no internet address");
        spf("v=spf1 ip4:192.0.2.0/33 -all");
        assertThat(only("SPF").words()).contains("longer than 32");
        spf("v=spf1 include:none.example -all");
        assertThat(only("SPF").words()).contains("includes none.example, which has no SPF");
        spf("v=spf1 include:garden.example -all");
        assertThat(only("SPF").words()).contains("include each other");
        dns.txt("a0.example", "v=spf1 -all");
        for (int i = 1; i < 40; i++) {
            dns.txt("a" + i + ".example", "v=spf1 include:a%1$d.example include:a%1$d.example -all".formatted(i - 1));
        }
        spf("v=spf1 include:a39.example -all");
        assertThat(only("SPF").words()).contains("more than 50 others");
        spf("v=spf1 +all");
        assertThat(found("SPF").get(0).words()).contains("lets everybody send");
        assertThat(found("SPF").get(0).add()).isEqualTo("garden.example. IN TXT \"v=spf1 ~all\"");
        spf("v=spf1 mx");
        assertThat(found("SPF").get(0).verdict()).isEqualTo(Verdict.HINT);
    }

    @Test
    void lookupsAreCountedThroughAllThatIsIncluded() {
        dns.txt("five.example", "v=spf1 a mx a:b.example mx:c.example exists:d.example ?all")
                .txt("nest.example", "v=spf1 include:five.example include:five.example redirect=unused.example all");
        spf("v=spf1 ip4:192.0.2.25 include:five.example include:_spf.post.example a -all");
        assertThat(found("SPF").get(0).words()).contains("(10 of 10 lookups)");
        assertThat(found("SPF").get(0).verdict()).isEqualTo(Verdict.OK);
        spf("v=spf1 ip4:192.0.2.25 redirect=nest.example");
        assertThat(found("SPF").get(0).words()).contains("(13 of 10 lookups): receivers give up");
        assertThat(found("SPF").get(0).verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aRelayMayOrMayNotSend() {
        spf("v=spf1 ip4:203.0.113.0/24 mx:_spf.post.example -all");
        assertThat(found("SPF").get(1).verdict()).isEqualTo(Verdict.WRONG);
        assertThat(found("SPF").get(1).add())
                .isEqualTo("garden.example. IN TXT"
                        + " \"v=spf1 ip4:192.0.2.25 ip4:203.0.113.0/24 mx:_spf.post.example -all\"");
        for (String record : List.of(
                "v=spf1 a:mail.garden.example -all",
                "v=spf1 mx -all",
                "v=spf1 a:www.garden.example/24 -all",
                "v=spf1 redirect=other.example")) {
            dns.forget("other.example").txt("other.example", "v=spf1 ip4:192.0.2.16/28 -all");
            spf(record);
            assertThat(found("SPF").get(1).verdict()).as(record).isEqualTo(Verdict.OK);
        }
        spf("v=spf1 ?include:other.example ip4:192.0.2.25 -all");
        assertThat(found("SPF").get(1).verdict()).isEqualTo(Verdict.WRONG);
        spf("v=spf1 exists:%{i}.allowed.example -all");
        assertThat(found("SPF").get(1).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aRelayElsewhereIsAnothersBusiness() {
        assertThat(examine(sender("out.post.example", RSA)).get(1).words())
                .isEqualTo("relay out.post.example may send from 198.51.100.7, 2001:db8:0:0:0:0:0:7");
        dns.address("smtp.other.example", "203.0.113.5");
        assertThat(examine(sender("smtp.other.example", RSA)).get(1).verdict()).isEqualTo(Verdict.HINT);
        for (String near : List.of("localhost", "127.0.0.1", "10.0.0.3", "fd00::1")) {
            assertThat(examine(sender(near, RSA)).get(1).verdict()).as(near).isEqualTo(Verdict.UNKNOWN);
        }
    }

    @Test
    void aKeyThatDoesNotFitIsTold() {
        publish(key("RSA", 2048, "s1").record());
        assertThat(only("DKIM").words()).isEqualTo("another key than the job signs with");
        publish("v=DKIM1; k=rsa; p=");
        assertThat(only("DKIM").words()).contains("revoked");
        publish("v=DKIM1; k=rsa");
        assertThat(only("DKIM").words()).contains("no p=");
        publish("v=DKIM1; nonsense");
        assertThat(only("DKIM").words()).contains("'nonsense' is no tag=value");
        publish(RSA.record().replace("DKIM1", "DKIM2"));
        assertThat(only("DKIM").words()).contains("v=");
        publish(RSA.record() + "; h=sha1");
        assertThat(only("DKIM").words()).contains("sha256");
        publish(RSA.record() + "; s=chat");
        assertThat(only("DKIM").words()).contains("email");
        publish(RSA.record() + "; t=s:y");
        assertThat(only("DKIM").verdict()).isEqualTo(Verdict.HINT);
        publish(RSA.record() + "; h=sha1:sha256; s=*; t=s");
        assertThat(only("DKIM").verdict()).isEqualTo(Verdict.OK);
        dns.txt(SELECTOR, RSA.record());
        assertThat(only("DKIM").words()).startsWith("2 records");
    }

    @Test
    void keysOfOtherKindsAndLengthsAreKnown() {
        DkimKey weak = key("RSA", 1024, "s1");
        publish(weak.record());
        Check check = examine(sender("localhost", weak)).get(2);
        assertThat(check.verdict()).isEqualTo(Verdict.HINT);
        assertThat(check.words()).isEqualTo("RSA of 1024 bits; 2048 is usual");
        dns.txt("e1._domainkey.garden.example", ED25519.record());
        check = examine(sender("localhost", ED25519)).get(2);
        assertThat(check.words()).isEqualTo("the job's key (ed25519)");
        assertThat(examine(sender("localhost")).get(2).words()).contains("the relay must sign");
    }

    @Test
    void thePolicyOfTheOrganisationCounts() {
        dns.forget("_dmarc.garden.example");
        Sender below =
                new Sender("news.garden.example", "a@garden.example", List.of(), List.of(), "www.garden.example");
        dns.txt("_dmarc.garden.example", "v=DMARC1; p=reject; sp=none; rua=mailto:a@garden.example");
        assertThat(examine(below)).anySatisfy(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.OK);
            assertThat(check.name()).isEqualTo("_dmarc.garden.example");
        });
    }

    @Test
    void aPolicyThatReceiversDoNotTakeIsTold() {
        for (List<String> one : List.of(
                List.of("v=DMARC1; p=perhaps", "p= should be"),
                List.of("v=DMARC1", "p= should be"),
                List.of("v=DMARC1; p=none; p=none", "twice"),
                List.of("v=DMARC1; p=none; adkim=x", "adkim= should be"))) {
            dns.forget("_dmarc.garden.example").txt("_dmarc.garden.example", one.get(0));
            assertThat(only("DMARC").words()).contains(one.get(1));
            assertThat(only("DMARC").verdict()).isEqualTo(Verdict.WRONG);
        }
        dns.forget("_dmarc.garden.example").txt("_dmarc.garden.example", "v=DMARC1; p=none");
        assertThat(only("DMARC").verdict()).isEqualTo(Verdict.HINT);
        dns.txt("_dmarc.garden.example", "v=DMARC1; p=reject");
        assertThat(only("DMARC").words()).startsWith("2 records");
        DkimKey above = new DkimKey("example.org", "s1", RSA.key());
        Sender strict =
                new Sender("news.example.org", "a@example.org", List.of(above), List.of(), "www.garden.example");
        dns.txt("_dmarc.news.example.org", "v=DMARC1; p=none; adkim=s; rua=mailto:a@example.org");
        assertThat(examine(strict)).anyMatch(check -> check.words().contains("as adkim=s wants"));
    }

    @Test
    void bouncesNeedAWayBack() {
        dns.forget("mail.garden.example");
        assertThat(only("MX").words()).startsWith("no address for mail.garden.example");
        dns.forget(DOMAIN).address(DOMAIN, "192.0.2.1");
        assertThat(only("MX").verdict()).isEqualTo(Verdict.HINT);
        dns.mx(DOMAIN, 0, "");
        assertThat(only("MX").words()).contains("takes no mail");
    }

    @Test
    void noAnswerIsNotTakenForNoRecord() {
        dns.fail(SELECTOR);
        assertThat(only("DKIM").words())
                .startsWith("DNS gave no answer for TXT of " + SELECTOR)
                .endsWith("again later");
        assertThat(only("DKIM").add()).isEmpty();
        assertThat(only("DMARC").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anAliasIsFollowed() {
        dns.forget("www.garden.example")
                .alias("www.garden.example", "host.example")
                .address("host.example", "192.0.2.81");
        assertThat(only("A").words()).isEqualTo("192.0.2.81");
    }

    @Test
    void stringsOfATextAreJoinedAsTheyWere() {
        dns.txt("many.example", "v=one \"two\" ", "th\\ree", "", " four");
        assertThat(DnsRecords.at(dns.address()).of("many.example", Records.Type.TXT))
                .containsExactly("v=one \"two\" th\\ree four");
    }

    @Test
    void aServerHasAHostAndPerhapsAPort() {
        assertThatThrownBy(() -> DnsRecords.at("http://x")).hasMessageContaining("HOST:PORT");
    }

    @Test
    void thePublicHalfIsThatOfThePrivateOne() throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(1024);
        var pair = pairs.generateKeyPair();
        assertThat(new DkimKey(DOMAIN, "s1", pair.getPrivate()).record())
                .endsWith(Base64.getEncoder().encodeToString(((RSAPublicKey) pair.getPublic()).getEncoded()));
    }
}
