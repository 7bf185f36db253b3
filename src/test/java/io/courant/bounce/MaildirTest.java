package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MaildirTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @TempDir
    private Path folder;

    private Maildir maildir;

    @BeforeEach
    void make() throws IOException {
        for (String name : List.of("new", "cur", "tmp")) {
            Files.createDirectory(folder.resolve(name));
        }
        maildir = new Maildir(folder);
    }

    private Path deliver(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsNotSeenIsHandedOverAndSeenAfterwards() throws IOException {
        Path first = deliver("new/1.a.host", "one");
        Files.setLastModifiedTime(first, FileTime.from(Instant.parse("2026-11-23T07:00:00Z")));
        deliver("new/2.b.host:2,", "two");
        deliver("cur/3.c.host", "three");
        deliver("cur/4.d.host:2,FR", "four");
        deliver("cur/5.e.host:2,RS", "somebody has seen this");
        deliver("tmp/6.f.host", "on its way");
        deliver("new/.hidden", "no mail");
        Files.createDirectory(folder.resolve("cur/folder"));
        Collected collected = Collected.from(maildir);
        assertThat(collected.texts()).containsExactly("one", "two", "three", "four");
        assertThat(collected.mails.get(0).at()).isEqualTo(Instant.parse("2026-11-23T07:00:00Z"));
        assertThat(collected.problems).isEmpty();
        assertThat(names())
                .containsExactly(
                        "cur/1.a.host:2,S",
                        "cur/2.b.host:2,S",
                        "cur/3.c.host:2,S",
                        "cur/4.d.host:2,FRS",
                        "cur/5.e.host:2,RS",
                        "new/.hidden",
                        "tmp/6.f.host");
        assertThat(Collected.from(maildir).mails).isEmpty();
    }

    @Test
    void whatIsDeliveredMeanwhileIsHandedOverToo() throws IOException {
        deliver("new/1", "one");
        List<String> taken = new ArrayList<>();
        maildir.forEachUnread(new BounceMailbox.Taker() {
            @Override
            public void take(RawMail mail) {
                taken.add(Collected.text(mail));
                if (taken.size() == 1) {
                    deliver("new/2", "two");
                }
            }

            @Override
            public void passedOver(String problem) {
                throw new AssertionError(problem);
            }
        });
        assertThat(taken).containsExactly("one", "two");
        assertThat(names()).containsExactly("cur/1:2,S", "cur/2:2,S");
    }

    @Test
    void aTakerThatDiesLeavesTheMailUnseen() throws IOException {
        deliver("new/1", "one");
        assertThatThrownBy(() -> maildir.forEachUnread(new BounceMailbox.Taker() {
                    @Override
                    public void take(RawMail mail) {
                        throw new IllegalStateException("killed");
                    }

                    @Override
                    public void passedOver(String problem) {
                        throw new AssertionError(problem);
                    }
                }))
                .hasMessage("killed");
        assertThat(names()).containsExactly("new/1");
        assertThat(Collected.from(maildir).texts()).containsExactly("one");
    }

    @Test
    void whatMayNotBeReadIsNamedAndPassedOver() throws IOException {
        Path secret = deliver("new/1", "secret");
        deliver("new/2", "two");
        Maildir guarded = new Maildir(
                folder,
                file -> {
                    if (file.equals(secret)) {
                        throw new AccessDeniedException(file.toString());
                    }
                    return Files.newInputStream(file);
                },
                SOON);
        Collected collected = Collected.from(guarded);
        assertThat(collected.texts()).containsExactly("two");
        assertThat(collected.problems)
                .singleElement()
                .asString()
                .startsWith(secret + ": cannot be read (")
                .endsWith("; let this user read it, and the next run does");
        assertThat(names()).containsExactly("cur/2:2,S", "new/1");
        assertThat(Collected.from(guarded).problems)
                .as("the next run says so again")
                .hasSize(1);
        assertThat(Collected.from(maildir).texts()).containsExactly("secret");
    }

    @Test
    void aMailThatAnotherReaderMovesIsFoundUnderItsNewName() throws IOException {
        deliver("new/1", "one");
        deliver("new/2", "two");
        List<String> moved = new ArrayList<>();
        Maildir shared = new Maildir(
                folder,
                file -> {
                    if (file.getFileName().toString().equals("1") && moved.isEmpty()) {
                        moved.add("before it is opened");
                        Files.move(file, folder.resolve("cur/1:2,F"));
                        throw new NoSuchFileException(file.toString());
                    }
                    if (file.getFileName().toString().equals("2")) {
                        Files.move(file, folder.resolve("cur/2:2,R"));
                        return Files.newInputStream(folder.resolve("cur/2:2,R"));
                    }
                    return Files.newInputStream(file);
                },
                SOON);
        Files.setLastModifiedTime(folder.resolve("new/2"), FileTime.fromMillis(0));
        Collected collected = Collected.from(shared);
        assertThat(collected.problems).isEmpty();
        assertThat(collected.texts()).containsExactlyInAnyOrder("one", "two");
        assertThat(names()).containsExactly("cur/1:2,FS", "cur/2:2,RS");
    }

    @Test
    void noMailIsReplacedByAnotherOfItsName() throws IOException {
        deliver("new/1", "one");
        deliver("cur/1:2,S", "another");
        Collected collected = Collected.from(maildir);
        assertThat(collected.texts()).containsExactly("one");
        assertThat(collected.problems)
                .singleElement()
                .asString()
                .contains("cannot be marked as seen", "there is a mail of that name in cur");
        assertThat(names()).containsExactly("cur/1:2,S", "new/1");
        assertThat(folder.resolve("cur/1:2,S")).hasContent("another");
    }

    @Test
    void ofALargeMailTheBeginningIsEnough() {
        deliver("new/1", "x".repeat(3 * RawMail.MOST_BYTES));
        assertThat(Collected.from(maildir).texts()).singleElement().asString().hasSize(RawMail.MOST_BYTES);
    }

    @Test
    void aFolderThatIsNoMaildirIsRefused() throws IOException {
        Files.delete(folder.resolve("cur"));
        assertThatThrownBy(() -> Collected.from(maildir))
                .isInstanceOfSatisfying(
                        MailboxException.class, e -> assertThat(e.isTemporary()).isFalse())
                .hasMessage("maildir " + folder + " has no folder 'cur'; name a Maildir with bounces.maildir");
    }

    @Test
    void waitingEndsWhenThereIsMailOrTheThreadIsInterrupted() {
        Maildir quick = new Maildir(folder, Files::newInputStream, SOON);
        deliver("new/1", "one");
        assertThat(quick.await()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(quick.await()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aMailWithoutMessageIdIsKnownByItsHeader() throws IOException {
        deliver("new/1", "Received: a\r\nSubject: x\r\n\r\nbody");
        deliver("new/2", "Received: a\r\nSubject: x\r\n\r\nanother body");
        deliver("new/3", "Received: b\r\nSubject: x\r\n\r\nbody");
        List<String> prints =
                Collected.from(maildir).mails.stream().map(RawMail::fingerprint).toList();
        assertThat(prints.get(1)).isEqualTo(prints.get(0)).hasSize(64);
        assertThat(prints.get(2)).isNotEqualTo(prints.get(0));
    }
}
