package io.courant.section;

import java.util.Arrays;
import java.util.List;

/** A taxonomy of deep learning for tests; a star marks an anchor term. */
final class TenTopics {
    static final List<Topic> TOPICS = List.of(
            topic(
                    "transformers",
                    "*transformer",
                    "attention mechanism",
                    "*sparse attention",
                    "language model",
                    "BERT",
                    "GPT"),
            topic("federated", "*federated learning", "data privacy", "*differential privacy", "decentralized", "GDPR"),
            topic("explainable", "*explainable AI", "*XAI", "explainability", "interpretable", "transparent"),
            topic(
                    "self-supervised",
                    "*self-supervised",
                    "unlabeled data",
                    "unlabeled",
                    "contrastive learning",
                    "pretext"),
            topic("edge", "*edge AI", "*on-device", "edge device", "IoT", "quantization", "pruning", "latency"),
            topic("health", "*drug discovery", "healthcare", "clinical", "patient", "diagnostics", "molecular"),
            topic("generative", "*GAN", "*generative adversarial network", "diffusion model", "image synthesis"),
            topic(
                    "sustainable",
                    "*sustainable AI",
                    "*carbon footprint",
                    "energy",
                    "renewable energy",
                    "sustainability"),
            topic(
                    "collaboration",
                    "*human-AI",
                    "*collaborative AI",
                    "human skills",
                    "humans and machines",
                    "partnership"),
            topic("creative", "*creative field", "art", "music", "artist", "storytelling", "creative"));

    private TenTopics() {}

    static Topic topic(String id, String... terms) {
        return new Topic(
                id,
                id,
                Arrays.stream(terms)
                        .map(term -> new Topic.Seed(term.replaceFirst("^\\*", ""), term.startsWith("*") ? 3 : 1))
                        .toList());
    }
}
