package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SentencesTest {
    /** Language and text; a bar stands between two sentences. */
    private static final String CASES = """
            en  Models shrink. | Batteries last longer.
            en  Dr. Reed met Prof. Lind at noon. | Both agreed.
            en  Use a small set, e.g. The Pile, for tests. | Then measure.
            en  See Fig. 3 for the curve. | The rest is in No. 7 of the journal.
            en  She said no. | The others said yes.
            en  The U.S. Army bought ten. | Nobody else did.
            en  It was made in the U.S. | The parts came from elsewhere.
            en  J. R. R. Tolkien wrote it by hand. | Typing came later.
            en  Between you and I. | Nothing more.
            en  We chose plan B. | The first plan was too slow.
            en  Acme Inc. sells it. | Acme Inc. Labs invented it.
            en  The maker is Acme Inc. | They also sell paint.
            en  Version v2.1 came out in May. | Version 3.0 is next.
            en  It costs 3.50 a month. | That is 1.5 times more.
            en  Read https://example.org/a.b?c=d. Next comes the end.
            en  The file node.js is small. | It loads fast.
            en  We waited... and nothing came. | Then it rang.
            en  We waited... | Nothing came.
            en  “It works.” | Everybody cheered.
            en  “It works. It really does.” | Everybody cheered.
            en  "Stop!" he said. | "Why?" | Nobody knew.
            en  They called it Yahoo! Inc. for years. | Now it is gone.
            en  He asked why? | Nobody answered!! | Really?!
            en  The shop (open all day. Even at night.) sells tea. | It is cheap.
            en  Doors open at 9 a.m. | The talk begins at ten.
            en  Doors open at 9 a.m. Monday to Friday. | Come early.
            en  It ended in 2019. | Thirty groups went on.
            en  It was World War II. | Radar was new.
            en  St. John's is small. | He lives on Main St. | The house is red.
            en  Wu et al. Compared with this, others are slow. | So be it.
            en  Use it well. | iPhone users need more. | eBPF helps.
            en  It is known.[12] | Others doubt it.[3][4] | So do we.
            en  He left (at last). | She stayed.
            en  Ph.D. students pay less. | Others pay in full.
            en  Pay in Jan. 2026 or later. | Not before.
            de  Das gilt z. B. Für Netze nicht. | Danach kam mehr.
            de  Es fehlt vieles, d. h. Geld, Zeit und Platz. | Niemand weiß warum.
            de  Beteiligt waren u. a. Die Grünen und andere. | Mehr war nicht.
            de  Siehe Nr. 3 und Abb. 2 im Anhang. | Dort steht alles.
            de  Am 3. Mai begann es. | Im 19. Jahrhundert endete es.
            de  Das war am 3. | Die Sitzung endete früh.
            de  Gebaut wurde 2019. | Genutzt wird es heute.
            de  Hunde bzw. Katzen dürfen hinein. | Vögel nicht.
            de  Am 3. 5. 2024 war Schluss. | Seither ruht es.
            de  Ludwig XIV. war König. | Friedrich II. Von Preußen sprach man viel.
            de  Er sagte: „Es geht.“ | Alle lachten.
            de  »Warum?«, fragte sie. | »Darum! Und nun still.« | Dann war Ruhe.
            de  Das kostet 3,5 Mio. Euro im Jahr. | Früher waren es 2 Mio. | Die Zahl wächst.
            de  Äpfel, Birnen usw. werden teurer. | Der Handel klagt.
            de  Um 500 v. Chr. Begann nichts Neues. | Später schon.
            de  Prof. Dr. Weiß leitet es i. d. R. Allein. | Das genügt.
            de  Das Ganze … | Nun ja. | So ist es.
            fr  M. Petit habite ici. | Mme Grand aussi.
            fr  M. Le Gall est parti. | Il pleut.
            fr  Certains, p. ex. Les enfants, dorment. | Les autres lisent.
            fr  Vraiment\u202f? | Oui\u202f! | Bien sûr.
            fr  Elle crie «\u202fViens\u202f!\u202f» et part. | Nul ne bouge.
            fr  «\u00a0Tout va bien. Restez calmes.\u00a0» | La salle se tait.
            fr  Le plan est prêt, cf. Annexe, et voté. | La suite viendra.
            fr  Voir p. 12 et fig. 3. | Le reste est en ligne, etc. | Les liens suivent.
            fr  C’était en 44 av. J.-C. à Rome. | Tout changea.
            es  El Sr. Campos y la Sra. Prado llegaron. | Nadie los vio.
            es  Hay varios, p. ej. El grande, en la sala. | Son caros.
            es  Vive en EE. UU. desde ayer. | Viene de EE. UU. | El viaje fue largo.
            es  ¿Qué es esto? | ¡Nada! | Seguimos.
            es  —¿Vienes? —preguntó ella. | No hubo respuesta.
            es  Véase la pág. 4 y el núm. 7. | Ahí está todo.
            es  ¡Hola!, dijo el perro. | Nadie rió.
            ar  هذا نص قصير. | هل هو كاف؟ | نعم!
            ar  وصل د. أحمد إلى المدينة. | كان الجو حارا.
            ur  یہ پہلا جملہ ہے۔ | یہ دوسرا ہے۔
            fa  هوا سرد است. | آیا می‌آیی؟ | بله.
            he  האם זה עובד? | כן. | תודה!
            hi  यह पहला वाक्य है। | यह दूसरा है। | क्यों?
            hi  डॉ. शर्मा आए। | सब खुश हुए।
            ko  작은 모델이 빠르다. | 큰 모델은 느리다. | 왜 그럴까?
            ko  2024. 5. 1. 발표되었다. | 모두 놀랐다.
            zh  模型很小。 | 速度很快！ | 为什么？
            zh  他说：“很好。真的很好。” | 大家都笑了。
            zh  他……走了。 | pandas是一个库。 | 很好用。
            ja  小さい。 | 速い！ | なぜ？
            ja  彼は「速い。安い。」と言った。 | 皆が笑った。
            ja  試験（簡単。短い。）を行った。 | 結果は良い。
            ja  GPT-4.5は速い。 | ver. 2も速い。
            hy  Սա առաջինն է։ | Սա երկրորդն է։
            th  โมเดลขนาดเล็กทำงานเร็วกว่า และใช้พลังงานน้อยกว่าโมเดลขนาดใหญ่มาก
            it  Il dr. Rossi arriva. | Porta con sé il n. 3 della rivista.
            pl  Spotkanie odbyło się 3. Maja było zimno. | Nikt nie przyszedł.
            """;

    @TestFactory
    Stream<DynamicTest> sentencesEndWhereTheirLanguageEndsThem() {
        return CASES.lines().map(line -> {
            Language language = Language.of(Locale.forLanguageTag(line.substring(0, 2)));
            List<String> expected =
                    Arrays.stream(line.substring(4).split(" \\| ?", -1)).toList();
            String text = line.substring(4).replaceAll(wide(line) ? " \\| ?" : " \\|", "");
            return DynamicTest.dynamicTest(
                    line, () -> assertThat(Sentences.of(text, language, 100)).containsExactlyElementsOf(expected));
        });
    }

    private static boolean wide(String line) {
        return line.startsWith("zh") || line.startsWith("ja");
    }

    @Test
    void whereNoRulesAreKnownASentenceRatherGoesOn() {
        Language unknown = Language.of(Locale.forLanguageTag("pl"));
        assertThat(Sentences.of("Zob. nr. 3 i dr. Nowak z. B. Tak. Koniec.", unknown, 10))
                .containsExactly("Zob. nr. 3 i dr. Nowak z. B. Tak.", "Koniec.");
    }

    @Test
    void aBracketThatIsNeverClosedHoldsNothingTogether() {
        assertThat(Sentences.of("It is small (or so. They said “yes. We went.", Language.of(Locale.ENGLISH), 10))
                .containsExactly("It is small (or so.", "They said “yes.", "We went.");
    }

    @Test
    void spacesThatMayNotBreakStayOnlyWhereFrenchNeedsThem() {
        assertThat(Sentences.of("Une\u00a0idée\u202f?", Language.of(Locale.FRENCH), 10))
                .containsExactly("Une idée\u202f?");
    }

    @Test
    void manyMarksInARowTakeNoTime() {
        String marks = "\".”)]»(“«".repeat(20_000);
        assertThat(Sentences.of(marks + marks.replace("\"", ". "), Language.of(Locale.ENGLISH), 10))
                .hasSizeLessThan(2);
    }
}
