package io.courant.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.courant.faults.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An issue on its way through real Postfix, opendkim, opendmarc and Dovecot: signed, killed in the middle, gone on with,
 * counted in the readers' mailboxes; and a bounce on its way back.
 */
@Tag("mail")
class MailLabTest {
    private static final int READERS = 1_996;
    private static final Path LAB = Path.of("..", "shared", "maillab", "maillab.sh");
    private static final Pattern RECIPIENT = Pattern.compile("(?m)^Delivered-To: (.*?)\\r?$");

    @TempDir
    private static Path work;

    private static Path lab;
    private static List<String> mails;

    @BeforeAll
    static void sendThroughTheLab() throws Exception {
        assumeTrue(Files.exists(LAB), "the mail lab is not here: " + LAB);
        Tools.needRoot();
        Tools.need("postfix", "dovecot", "opendkim", "opendmarc", "dnsmasq", "smtp-sink", "unshare");
        lab = work.resolve("lab");
        // the servers run as users of their own, who have to get through to their folders
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        write();
        ProcessBuilder lab = new ProcessBuilder(
                        "bash",
                        LAB.toString(),
                        "-d",
                        "news.example.org",
                        "-k",
                        work.resolve("s1.b64").toString(),
                        "--",
                        "bash",
                        Path.of("src", "test", "resources", "mail", "lab.sh")
                                .toAbsolutePath()
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("lab.log").toFile());
        lab.environment()
                .putAll(Map.of(
                        "LAB",
                        MailLabTest.lab.toString(),
                        "WORK",
                        work.toString(),
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "CLASSPATH",
                        System.getProperty("java.class.path"),
                        "TEMPLATES",
                        Path.of("templates").toAbsolutePath().toString(),
                        "KILL_AFTER",
                        "600"));
        Process process = lab.start();
        assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
        String log = Files.readString(work.resolve("lab.log"));
        System.out.println(log);
        assertThat(work.resolve("bounces.out")).as(log).exists();
        mails = mails();
    }

    private static void write() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path pem = work.resolve("s1.pem");
        Files.writeString(
                pem,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                work.resolve("s1.b64"),
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        Path password = work.resolve("password");
        Files.writeString(password, "test\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Path notes = Files.createDirectories(work.resolve("jobs").resolve("notes"));
        Files.writeString(notes.resolve("one.md"), "# One\n\nFederated learning keeps the data at home.\n");
        Files.writeString(work.resolve("jobs").resolve("weekly.yaml"), """
                title: Weekly
                from: Weekly <weekly@news.example.org>
                postal-address: 1 Harbour Street, Exampletown
                home: https://news.example.org
                template: digest
                relay: {host: 127.0.0.1, port: 2525, tls: none}
                pace: {connections: 8}
                dkim: {selector: s1, key-file: ../s1.pem}
                delivery: {retry: "1s", in-doubt-after: 1s}
                bounces:
                  imap: {host: 127.0.0.1, port: 1143, tls: none, username: bounce, password-file: ../password}
                sources:
                  - {name: Notes, folder: notes}
                topics:
                  - {id: privacy, title: Privacy, seeds: {federated learning: 3}}
                """);
        Files.write(
                work.resolve("readers.csv"),
                Stream.concat(
                                Stream.of(
                                        "email",
                                        "nobody@example.test",
                                        "full@example.test",
                                        "slow@example.test",
                                        "late@example.test"),
                                IntStream.rangeClosed(1, READERS).mapToObj(i -> "reader" + i + "@example.test"))
                        .toList());
    }

    private static List<String> mails() throws IOException {
        List<String> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(lab.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file ->
                            String.valueOf(file.getParent().getFileName()).equals("new"))
                    .filter(file -> file.toString().contains("/reader"))
                    .toList()) {
                mails.add(Files.readString(file, ISO_8859_1));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return mails;
    }

    private static JsonNode said(String name) throws IOException {
        String out = Files.readString(work.resolve(name + ".out"), UTF_8);
        assertThat(out).as(Files.readString(work.resolve(name + ".err"))).isNotBlank();
        return JsonMapper.shared().readTree(out);
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all;
    }

    @Test
    void everyReaderHasTheMailAndNobodyASecondOneWithoutAReason() throws IOException {
        Map<String, Integer> copies = new TreeMap<>();
        for (String mail : mails) {
            var recipient = RECIPIENT.matcher(mail);
            assertThat(recipient.find()).isTrue();
            copies.merge(recipient.group(1), 1, Integer::sum);
        }
        assertThat(Integer.parseInt(
                        Files.readString(work.resolve("at-the-kill.out")).strip()))
                .isBetween(600, READERS - 1);
        assertThat(copies).hasSize(READERS);
        int extra = mails.size() - copies.size();
        int inDoubt = elements(said("in-doubt")).size();
        System.out.println(mails.size() + " mails for " + READERS + " readers: " + extra + " second copies, " + inDoubt
                + " deliveries were in doubt");
        assertThat(inDoubt).isPositive();
        assertThat(extra).isLessThanOrEqualTo(inDoubt);
    }

    @Test
    void everyCopyPassesDkimSpfAndDmarc() {
        assertThat(mails)
                .isNotEmpty()
                .allSatisfy(mail -> assertThat(mail)
                        .contains("spf=pass smtp.mailfrom=news.example.org")
                        .contains("dmarc=pass")
                        .containsPattern("dkim=pass \\(2048-bit key"));
    }

    @Test
    void refusalsAreRecordedWithTheRelaysWords() throws IOException {
        String rejected = said("rejected").toString();
        assertThat(rejected).contains("nobody@example.test", "5.1.1", "full@example.test", "5.2.2");
        assertThat(said("rejected")).hasSize(2);
        assertThat(said("deferred").toString()).contains("slow@example.test", "4.2.0");
        assertThat(said("accepted").toString()).contains("late@example.test");
    }

    @Test
    void theBounceThatComesLaterMarksTheRightReader() throws IOException {
        String events = said("bounces").toString();
        System.out.println(events);
        assertThat(events).contains("late@example.test", "5.3.0", "signed");
        assertThat(events).contains("nobody@example.test", "5.1.1");
        assertThat(said("again").toString())
                .as("reading again counts nothing again")
                .contains("0");
        try (Stream<Path> kept = Files.list(lab.resolve("home/bounce/Maildir/cur"))) {
            assertThat(kept).as("the bounce is flagged, not deleted").isNotEmpty();
        }
    }
}
