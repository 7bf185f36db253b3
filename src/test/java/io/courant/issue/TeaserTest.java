package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TeaserTest {
    /** Language of the newsletter, text, teaser. */
    private static final String CASES = """
            en | Es gibt drei Gründe für kleine Modelle. Sie sparen Strom. Am 3. Mai zeigte ein Labor, wie ein Telefon ohne Netz übersetzt. | Es gibt drei Gründe für kleine Modelle. Am 3. Mai zeigte ein Labor, wie ein Telefon ohne Netz übersetzt.
            en | Trotzdem bleibt vieles offen. Die Stadt baut bis zum Herbst ein Wärmenetz, z. B. Für das Krankenhaus und die Schulen. | Die Stadt baut bis zum Herbst ein Wärmenetz, z. B. Für das Krankenhaus und die Schulen.
            de | Das ist neu. Darüber hinaus spart es Geld. Ein Verein in der Nähe pflanzt jedes Jahr tausend Bäume auf alten Gleisen. | Ein Verein in der Nähe pflanzt jedes Jahr tausend Bäume auf alten Gleisen.
            de | Kann er das wirklich? Der Roboter sortiert nachts Pakete und lernt aus jedem Fehler, den die Frühschicht meldet. | Der Roboter sortiert nachts Pakete und lernt aus jedem Fehler, den die Frühschicht meldet.
            de | Small models often win against large ones when the task is narrow and the data are clean. However, it depends. | Small models often win against large ones when the task is narrow and the data are clean.
            en | C’est une bonne nouvelle. Il y a dans ce quartier une bibliothèque qui prête des outils à ses voisins depuis dix ans. | Il y a dans ce quartier une bibliothèque qui prête des outils à ses voisins depuis dix ans.
            en | Cependant, rien ne change. M. Le Gall répare des vélos dans la rue, et tout le village lui apporte les siens le samedi. | M. Le Gall répare des vélos dans la rue, et tout le village lui apporte les siens le samedi.
            fr | Peut-elle durer ? La batterie garde sa charge pendant vingt jours, même quand il gèle dans les montagnes. | La batterie garde sa charge pendant vingt jours, même quand il gèle dans les montagnes.
            fr | Que reste-t-il des vieux ponts de pierre ? | Que reste-t-il des vieux ponts de pierre ?
            en | Sin embargo, no basta. El Sr. Campos riega su huerto con agua de lluvia, y los vecinos de la calle ya hacen lo mismo. | El Sr. Campos riega su huerto con agua de lluvia, y los vecinos de la calle ya hacen lo mismo.
            es | ¿Cuánto pesa una nube? Esto sorprende. | ¿Cuánto pesa una nube?
            en | As a result, prices fell. For example, paint is cheap. The harbour sells its last cranes to a museum of industry. | The harbour sells its last cranes to a museum of industry.
            en | A survey of twelve towns shows how buses come back to the villages, and why the […] | ''
            en | The report says more about the night trains of the coming … Bakers in Oslo start later than bakers elsewhere. | Bakers in Oslo start later than bakers elsewhere.
            en | “Trains are late. Buses are later.” Passengers of the northern line learn to walk. | “Trains are late. Buses are later.” Passengers of the northern line learn to walk.
            en | It is new. The U.S. Army tests lamps that run for a whole year. | The U.S. Army tests lamps that run for a whole year.
            en | هذا مهم. يحافظ التعلم الموحد على خصوصية البيانات في الأجهزة الصغيرة. هل يكفي ذلك؟ | يحافظ التعلم الموحد على خصوصية البيانات في الأجهزة الصغيرة. هل يكفي ذلك؟
            en | זה חשוב. מודלים קטנים רצים על הטלפון בלי רשת ובלי ענן. | מודלים קטנים רצים על הטלפון בלי רשת ובלי ענן.
            en | این مهم است. مدل‌های کوچک روی گوشی بدون شبکه اجرا می‌شوند. | مدل‌های کوچک روی گوشی بدون شبکه اجرا می‌شوند.
            en | यह ज़रूरी है। छोटे मॉडल फ़ोन पर बिना नेटवर्क के चलते हैं। | छोटे मॉडल फ़ोन पर बिना नेटवर्क के चलते हैं।
            en | 그러나 문제가 있다. 작은 모델은 휴대전화에서 네트워크 없이 실행된다. | 작은 모델은 휴대전화에서 네트워크 없이 실행된다.
            en | 这很重要。小模型可以在手机上离线运行，不需要服务器。 | 小模型可以在手机上离线运行，不需要服务器。
            en | しかし問題がある。店主は「安い。速い。」と言い、翌朝には行列ができた。 | 店主は「安い。速い。」と言い、翌朝には行列ができた。
            en | โมเดลขนาดเล็กทำงานบนโทรศัพท์ได้ และไม่ต้องใช้เครือข่ายหรือเซิร์ฟเวอร์ | โมเดลขนาดเล็กทำงานบนโทรศัพท์ได้ และไม่ต้องใช้เครือข่ายหรือเซิร์ฟเวอร์
            """;

    private final Teaser teaser = new Teaser(Locale.ENGLISH);

    @TestFactory
    Stream<DynamicTest> aTeaserFollowsTheLanguageOfItsTextWhateverTheNewsletterSpeaks() {
        return CASES.lines().map(line -> {
            List<String> cells =
                    Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            return DynamicTest.dynamicTest(
                    line,
                    () -> assertThat(new Teaser(Locale.forLanguageTag(cells.get(0))).of(cells.get(1)))
                            .isEqualTo(cells.get(2).replace("''", "")));
        });
    }

    @Test
    void anOpeningIsTheFirstSentencesInTheirOrder() {
        String text = "A network saw eight tumours. It missed one of them. ".repeat(20);
        String opening = new Teaser(Locale.ENGLISH).opening(text);
        assertThat(text).startsWith(opening);
        assertThat(opening).endsWith(".").hasSizeBetween(560, 640);
        assertThat(new Teaser(Locale.ENGLISH).opening("One sentence stands here. The rest is at www.example.org."))
                .isEqualTo("One sentence stands here.");
        assertThat(new Teaser(Locale.ENGLISH).opening("However, this leans on what was before. So does this."))
                .isEmpty();
    }

    @Test
    void aParagraphWithoutStopsThatIsTooLongIsNotCut() {
        assertThat(teaser.of("โมเดลขนาดเล็กทำงานบนโทรศัพท์ได้ ".repeat(20))).isEmpty();
        assertThat(teaser.of("模型在手机上运行，不需要服务器，".repeat(20) + "很好。")).isEmpty();
    }

    @Test
    void theSentenceThatSaysMostIsQuotedWhole() {
        String text = """
                Quantization stores the weights of a network in eight bits instead of thirty-two.

                It is popular. Pruning removes weights that change the result least, which shrinks the network again.
                """;
        assertThat(teaser.of(text))
                .isEqualTo("Quantization stores the weights of a network in eight bits instead of thirty-two."
                        + " Pruning removes weights that change the result least, which shrinks the network again.");
    }

    @Test
    void aSecondSentenceThatRepeatsTheFirstIsLeftOut() {
        assertThat(teaser.of("""
                        Sparse attention makes long documents affordable for small research groups everywhere.
                        Sparse attention makes long documents affordable for small research groups.
                        """))
                .isEqualTo("Sparse attention makes long documents affordable for small research groups everywhere.");
    }

    @Test
    void aSentenceThatNeedsTheOneBeforeIsNotQuoted() {
        assertThat(teaser.of("She measured it twice. They agreed on the quantization scheme. \"This\" works well."))
                .isEmpty();
        assertThat(teaser.of("Can it be quantized without retraining the network? It’s a question of scale."))
                .isEmpty();
        assertThat(teaser.of("This trend saves a great deal of energy. Smaller models need smaller batteries."))
                .isEqualTo("Smaller models need smaller batteries.");
    }

    @Test
    void aSentenceIsNeverCut() {
        String endless = "Models " + "learn patterns and ".repeat(20) + "rest.";
        assertThat(teaser.of(endless)).isEmpty();
        assertThat(teaser.of(endless + " Smaller models need smaller batteries."))
                .isEqualTo("Smaller models need smaller batteries.");
    }

    @Test
    void abbreviationsAndInitialsDoNotEndASentence() {
        String sentence = "Dr. J. Smith compared pruning vs. Quantization, e.g. Fig. 3, at Example Corp. in Oslo.";
        assertThat(teaser.of(sentence)).isEqualTo(sentence);
    }

    @Test
    void aSentenceThatOnlyAnnouncesAListIsNotQuoted() {
        assertThat(teaser.of("Several libraries quantize models after training, e.g.\n- the first\n- the second"))
                .isEmpty();
        assertThat(teaser.of("Several libraries quantize models after training:\n\n- the first\n- the second"))
                .isEmpty();
    }

    @Test
    void aSentenceGoesOnInLowerCase() {
        String sentence = "The library called Yahoo! was renamed when version 2.1 of node.js came out in spring.";
        assertThat(teaser.of(sentence)).isEqualTo(sentence);
    }

    @Test
    void listsCodeTablesAndSubheadingsAreNotQuoted() {
        assertThat(teaser.of("""
                        Getting started

                        - Install the package first.
                          Continue with the settings.
                        - Run the program twice.

                        1. Download the weights.

                            model.train();  // Train the model.

                        ```
                        Print the result now.

                        Stop the program now.
                        ```

                        learning_rate = 0.1. Batch size is 3.

                        | Model | Accuracy is good. |

                        Small models often win against large ones on narrow tasks.
                        """)).isEqualTo("Small models often win against large ones on narrow tasks.");
    }

    @Test
    void hardWrappedLinesBecomeOneLine() {
        assertThat(teaser.of("Small models often win\n  against large ones\r\n\ton narrow tasks."))
                .isEmpty(); // a tab is taken for a table
        assertThat(teaser.of("Small models often win\n  against large ones\r\non narrow\u00a0tasks."))
                .isEqualTo("Small models often win against large ones on narrow tasks.");
    }

    @Test
    void japaneseAndChineseAreQuotedWithoutSpaces() {
        assertThat(new Teaser(Locale.JAPANESE).of("量子化は重みを八ビットで保存し、\nネットワークを小さくする。それは人気がある。枝刈りは結果に影響しない重みを取り除く。"))
                .isEqualTo("量子化は重みを八ビットで保存し、ネットワークを小さくする。枝刈りは結果に影響しない重みを取り除く。");
        assertThat(new Teaser(Locale.CHINESE).of("联邦学习让数据留在设备上，只传送模型更新。这很重要。")).isEqualTo("联邦学习让数据留在设备上，只传送模型更新。");
    }

    @Test
    void rightToLeftTextIsQuotedWithoutDirectionMarks() {
        assertThat(new Teaser(Locale.forLanguageTag("ar"))
                        .of("\u202bيحافظ التعلم الموحد على خصوصية البيانات في الأجهزة.\u202c"))
                .isEqualTo("يحافظ التعلم الموحد على خصوصية البيانات في الأجهزة.");
        assertThat(new Teaser(Locale.forLanguageTag("he")).of("האם מודלים קטנים מספיקים למשימות צרות?"))
                .isEqualTo("האם מודלים קטנים מספיקים למשימות צרות?");
    }

    @Test
    void nothingGivesAnEmptyTeaser() {
        assertThat(teaser.of("")).isEmpty();
        assertThat(teaser.of(" \n\n ")).isEmpty();
        assertThat(teaser.of("...")).isEmpty();
        assertThat(teaser.of("No final stop")).isEmpty();
    }

    @Test
    void aVeryLongSectionIsTeasedFromItsBeginning() {
        String text = "Small models often win against large ones on narrow tasks. ".repeat(200_000);
        assertThat(teaser.of(text)).isEqualTo("Small models often win against large ones on narrow tasks.");
        assertThat(teaser.of("word ".repeat(2_000_000))).isEmpty();
        assertThat(teaser.of("x".repeat(10_000_000))).isEmpty();
        assertThat(teaser.of("a. ".repeat(100_000))).isEmpty();
    }

    @Test
    void whateverTheTextTheTeaserFitsAndIsPartOfIt() {
        long seed = 20261123;
        System.out.println("teaser seed " + seed);
        Random random = new Random(seed);
        String alphabet = "aB .!?\n-1\"”)»e.g。、量化שלםעל\u0301";
        for (int run = 0; run < 5_000; run++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(800);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String quoted = teaser.of(text.toString());
            assertThat(quoted.length()).isLessThanOrEqualTo(280);
            assertThat(quoted).doesNotContain("\n");
            String letters = text.toString().replaceAll("\\s", "");
            List<String> whole = Sentences.of(text.toString(), Language.of(text.toString(), Locale.ENGLISH), 1_000);
            assertThat(whole)
                    .as("run %d", run)
                    .allSatisfy(sentence -> assertThat(letters).contains(sentence.replaceAll("\\s", "")));
            boolean isWhole = quoted.isEmpty()
                    || whole.contains(quoted)
                    || whole.stream()
                            .anyMatch(a ->
                                    whole.stream().anyMatch(b -> quoted.equals(a + b) || quoted.equals(a + " " + b)));
            assertThat(isWhole).as("run %d: %s", run, quoted).isTrue();
        }
    }

    @Test
    void everySectionOfARealArticleGetsATeaser() throws IOException {
        Path article = Path.of("..", "shared", "data", "posts", "deep-learning-trends.txt");
        assumeTrue(Files.exists(article), "the shared article is not here: " + article);
        String text = Files.readString(article, StandardCharsets.UTF_8);
        for (String part : text.split("(?m)^\\d+\\. .*$", -1)) {
            String quoted = teaser.of(part);
            assertThat(quoted).isNotEmpty().hasSizeLessThanOrEqualTo(280).endsWith(".");
            assertThat(quoted).doesNotStartWith("This").doesNotStartWith("It ");
        }
    }
}
