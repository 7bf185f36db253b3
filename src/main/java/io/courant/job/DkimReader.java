package io.courant.job;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Alignment;
import io.courant.delivery.DkimKey;
import io.courant.delivery.PrivateKeyFile;
import io.courant.job.YamlFile.Fields;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the key {@code dkim} of a job file: one signing key, or a list of them, so that RSA can stand by Ed25519. */
final class DkimReader {
    private final YamlFile file;
    private final Path folder;

    /** @param folder what relative paths in the file start from */
    DkimReader(YamlFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** @param sender of the newsletter, whose domain signs unless the file says otherwise */
    List<DkimKey> read(Fields fields, EmailAddress sender) {
        Node node = fields.node("dkim");
        if (node == null) {
            return List.of();
        }
        List<DkimKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node entry : file.entries(node)) {
            DkimKey key = key(entry, sender);
            if (key != null && !names.add(key.selector() + " " + key.domain())) {
                file.problem(entry, "selector '" + key.selector() + "' is listed twice");
            } else if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private @Nullable DkimKey key(Node entry, EmailAddress sender) {
        Fields dkim = file.fields(entry, "domain", "selector", "key-file");
        String senderDomain = sender.ascii().substring(sender.ascii().lastIndexOf('@') + 1);
        String domain = dkim.optional("domain", text -> aligned(text, senderDomain, sender), senderDomain);
        String selector = dkim.required("selector", DkimKey::checkedSelector, "");
        Optional<PrivateKey> key = dkim.required("key-file", this::privateKey, Optional.empty());
        if (selector.isEmpty() || key.isEmpty()) {
            return null;
        }
        try {
            return new DkimKey(domain, selector, key.get());
        } catch (IllegalArgumentException e) {
            file.problem(entry, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Optional<PrivateKey> privateKey(String text) {
        return Optional.of(PrivateKeyFile.read(folder.resolve(Parse.notBlank(text))));
    }

    /** RFC 7489 §3.1.1 wants one organisation behind From and the signature. */
    private static String aligned(String text, String senderDomain, EmailAddress sender) {
        String domain = DkimKey.checkedDomain(text);
        boolean known = !sender.equals(JobFileReader.NOBODY);
        if (known && !Alignment.isRelaxed(domain, senderDomain)) {
            throw new IllegalArgumentException("domain '" + domain + "' does not stand for the sender "
                    + sender.value() + ", so receivers would not count the signature (DMARC); sign with '"
                    + senderDomain + "' or a domain above it");
        }
        return domain;
    }
}
