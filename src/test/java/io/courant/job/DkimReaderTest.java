package io.courant.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.courant.TestHome;
import io.courant.delivery.DkimKey;
import io.courant.issue.IssueId;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimReaderTest {
    private static final String RSA = "dkim: {selector: 2026a, key-file: rsa.pem}";

    @TempDir
    private Path folder;

    private TestHome home;
    private int line;

    @BeforeEach
    void keys() throws Exception {
        home = new TestHome(folder);
        write("rsa.pem", "RSA", 2048);
        write("short.pem", "RSA", 512);
        write("ed25519.pem", "Ed25519", 255);
        Files.writeString(home.jobs().resolve("nothing.pem"), "nothing\n");
        line = Files.readAllLines(home.jobs().resolve("weekly.yaml")).indexOf("template: digest") + 2;
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void write(String name, String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        Files.writeString(
                home.jobs().resolve(name),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private JobFolder jobFolder() {
        return new JobFolder(home.jobs(), List.of("digest"), Map.of(), Map.of());
    }

    private List<DkimKey> read(String dkim) {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\n" + dkim);
        return jobFolder().load(TestHome.WEEKLY).dkim();
    }

    private void refused(String dkim, String... problems) {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\n" + dkim);
        JobFileException refused =
                catchThrowableOfType(JobFileException.class, () -> jobFolder().load(TestHome.WEEKLY));
        assertThat(refused).as(dkim).hasMessage(String.join("\n", problems));
        home.changeJob(TestHome.WEEKLY, "template: digest\n" + dkim, "template: digest");
    }

    private String at(int offset) {
        return "jobs/weekly.yaml:" + (line + offset) + ": ";
    }

    @Test
    void signingIsLeftToTheRelayUnlessTheJobNamesAKey() {
        assertThat(jobFolder().load(TestHome.WEEKLY).dkim()).isEmpty();
        assertThat(read("dkim: []")).isEmpty();
    }

    @Test
    void theSendersDomainSignsUnlessTheJobNamesAnother() {
        assertThat(read(RSA)).singleElement().satisfies(key -> {
            assertThat(key.domain()).isEqualTo("news.example.org");
            assertThat(key.selector()).isEqualTo("2026a");
            assertThat(key.key().getAlgorithm()).isEqualTo("RSA");
        });
        home.changeJob(TestHome.WEEKLY, RSA, "dkim: {domain: Example.ORG, selector: s, key-file: rsa.pem}");
        assertThat(jobFolder().load(TestHome.WEEKLY).dkim().get(0).domain()).isEqualTo("example.org");
    }

    @Test
    void severalKeysSignInTheOrderOfTheFile() {
        assertThat(read("""
                dkim:
                  - {selector: 2026a, key-file: rsa.pem}
                  - {selector: 2026e, key-file: ed25519.pem}""")).extracting(DkimKey::selector).containsExactly("2026a", "2026e");
    }

    @Test
    void everyProblemIsToldWithItsLine() {
        Path jobs = home.jobs();
        refused("dkim: {}", at(0) + "key 'selector' is missing", at(0) + "key 'key-file' is missing");
        refused(
                "dkim:\n  selector: a b\n  key-file: none.pem",
                at(1) + "expected the selector under which DNS has the public key, such as 2026a for"
                        + " 2026a._domainkey.example.org; found 'a b'",
                at(2) + "key file " + jobs.resolve("none.pem") + " not found");
        refused(
                "dkim:\n  selector: s\n  key-file: nothing.pem",
                at(2) + "key file " + jobs.resolve("nothing.pem")
                        + " is not PEM: it has no line '-----BEGIN PRIVATE KEY-----'");
        refused(
                "dkim:\n  selector: s\n  key-file: short.pem",
                at(2) + "key file " + jobs.resolve("short.pem") + " cannot be used: the RSA key has 512 bits;"
                        + " receivers take 1024 to 4096 (RFC 8301), and 2048 is usual");
        refused(
                "dkim: {selectr: s, selector: s, key-file: rsa.pem}",
                at(0) + "unknown key 'selectr' (did you mean 'selector'?)");
        refused(
                "dkim:\n  - {selector: s, key-file: rsa.pem}\n  - {selector: S, key-file: ed25519.pem}",
                at(2) + "selector 's' is listed twice");
    }

    @Test
    void aDomainThatDoesNotStandForTheSenderIsRefused() {
        refused(
                "dkim:\n  selector: s\n  key-file: rsa.pem\n  domain: example.com",
                at(3) + "domain 'example.com' does not stand for the sender weekly@news.example.org, so receivers"
                        + " would not count the signature (DMARC); sign with 'news.example.org' or a domain above it");
        refused(
                "dkim:\n  selector: s\n  key-file: rsa.pem\n  domain: org",
                at(3) + "expected a domain such as news.example.org, in ASCII (xn--…); found 'org'");
    }

    @Test
    void mailOfAJobWithAKeyIsSignedAndASecondCopyIsTheSame() {
        home.subscribe("ada@example.org", "bob@example.org", "eve@example.org");
        home.post("one.md", "One");
        home.relay().on(Step.DOT, "take-and-drop");
        read(RSA + "\npace: {connections: 1}");
        IssueId issue = home.in(session -> {
            session.get(Runs.class).collect(TestHome.WEEKLY);
            IssueId composed =
                    session.get(Runs.class).compose(TestHome.WEEKLY).issue().orElseThrow();
            session.get(Runs.class).send(composed);
            return composed;
        });
        home.advance(Duration.ofMinutes(16));
        home.with(session -> session.get(Runs.class).send(issue));
        assertThat(home.relay().taken())
                .hasSize(4)
                .allSatisfy(mail -> assertThat(mail.content())
                        .startsWith("DKIM-Signature: v=1; a=rsa-sha256;")
                        .contains(
                                " d=news.example.org;",
                                " s=2026a; t=" + home.now().minusSeconds(960).getEpochSecond()));
        assertThat(home.relay().taken().stream()
                        .collect(groupingBy(Taken::recipient, mapping(Taken::content, toList())))
                        .values())
                .filteredOn(copies -> copies.size() > 1)
                .singleElement()
                .satisfies(copies -> assertThat(copies).containsOnly(copies.get(0)));
    }

    @Test
    void aKeyThatHasGoneStopsTheSendBeforeAnybodyIsCharged() throws Exception {
        home.subscribe("ada@example.org");
        home.post("one.md", "One");
        read(RSA);
        IssueId issue = home.in(session -> {
            session.get(Runs.class).collect(TestHome.WEEKLY);
            return session.get(Runs.class).compose(TestHome.WEEKLY).issue().orElseThrow();
        });
        Files.delete(home.jobs().resolve("rsa.pem"));
        assertThatThrownBy(() -> home.with(session -> session.get(Runs.class).send(issue)))
                .isInstanceOf(JobFileException.class)
                .hasMessageContaining("rsa.pem not found");
        assertThat(home.relay().connections()).isZero();
        assertThat(home.in(session -> TestHome.account(session, issue)).candidates())
                .isEqualTo(1);
    }
}
