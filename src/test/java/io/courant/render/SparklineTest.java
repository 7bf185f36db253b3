package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.courant.words.Phrasebook;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SparklineTest {
    private static final Phrasebook ENGLISH = Phrasebook.of(Locale.ENGLISH);
    private static final List<Double> SHARES = List.of(
            0.02, 0.0, 0.03, 0.02, 0.02, 0.01, 0.0, 0.04, 0.02, 0.02, 0.03, 0.01, 0.02, 0.02, 0.0, 0.03, 0.02, 0.05,
            0.03, 0.04, 0.06, 0.08, 0.07, 0.11, 0.1, 0.09);
    private static final int[] PAPERS = {0xfbf9f4, 0x191714};

    private static BufferedImage image(List<Double> shares) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Sparkline.png(shares)));
    }

    /** The heights of the bars in pixels, 0 where there is none. */
    private static List<Integer> heights(BufferedImage image) {
        List<Integer> heights = new ArrayList<>();
        for (int bar = 0; bar < Sparkline.BARS; bar++) {
            int x = bar * 8;
            int top = image.getHeight();
            while (top > 0 && isOpaque(image, x, top - 1)) {
                top--;
            }
            for (int y = 0; y < image.getHeight(); y++) { // a full rectangle with a gap beside it
                assertThat(isOpaque(image, x, y)).isEqualTo(y >= top);
                assertThat(isOpaque(image, x + 5, y)).isEqualTo(y >= top);
                assertThat(x + 6 < image.getWidth() && isOpaque(image, x + 6, y))
                        .isFalse();
            }
            heights.add(image.getHeight() - top);
        }
        return heights;
    }

    private static boolean isOpaque(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) >>> 24 == 255;
    }

    private static double luminance(int colour) {
        double luminance = 0;
        double[] weights = {0.0722, 0.7152, 0.2126};
        for (int i = 0; i < 3; i++) {
            double part = ((colour >> (8 * i)) & 0xff) / 255.0;
            luminance += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return luminance;
    }

    private static double contrast(int one, int other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    @Test
    void theBarsOfTheImageAreAsHighAsTheShares() throws IOException {
        BufferedImage image = image(SHARES);
        assertThat(image.getWidth()).isEqualTo(2 * Sparkline.WIDTH);
        assertThat(image.getHeight()).isEqualTo(2 * Sparkline.HEIGHT);
        assertThat(heights(image))
                .isEqualTo(SHARES.stream()
                        .map(share -> 2 + (int) Math.round(share / 0.11 * 46))
                        .toList());
    }

    @Test
    void theColoursStandOutOnLightAndDarkPaper() throws IOException {
        BufferedImage image = image(SHARES);
        Set<Integer> colours = new HashSet<>();
        for (int bar = 0; bar < Sparkline.BARS; bar++) {
            colours.add(image.getRGB(bar * 8, image.getHeight() - 1));
        }
        assertThat(colours).hasSize(2);
        assertThat(image.getRGB(21 * 8, 47))
                .isNotEqualTo(image.getRGB(22 * 8, 47))
                .isEqualTo(image.getRGB(0, 47));
        for (int colour : colours) {
            for (int paper : PAPERS) {
                assertThat(contrast(colour, paper)).isGreaterThan(3);
            }
        }
    }

    @Test
    void theImageIsLessThanOneKilobyteWhateverTheShares() throws IOException {
        Random random = new Random(26);
        for (int round = 0; round < 300; round++) {
            List<Double> shares = random.doubles(Sparkline.BARS).boxed().toList();
            assertThat(Sparkline.png(shares)).hasSizeLessThan(1024);
            assertThat(heights(image(shares))).contains(48);
        }
    }

    @Test
    void theSameSharesGiveTheSameBytesEverywhere() throws GeneralSecurityException {
        assertThat(Sparkline.png(SHARES)).isEqualTo(Sparkline.png(new ArrayList<>(SHARES)));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Sparkline.png(List.of(0.5, 1.0)));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("d235e8a2189c919771a0e79e28688a7b86a56e5a73eb8967bbed123ce316bf86");
    }

    @Test
    void fewWeeksStandAtTheRightAndOfManyTheLastAreShown() throws IOException {
        assertThat(heights(image(List.of(0.1))))
                .startsWith(0, 0)
                .endsWith(0, 48)
                .hasSize(26);
        assertThat(heights(image(List.of()))).containsOnly(0);
        List<Double> many = new ArrayList<>(List.of(1.0, 0.9));
        many.addAll(SHARES);
        assertThat(Sparkline.png(many)).isEqualTo(Sparkline.png(SHARES));
    }

    @Test
    void aWeekWithoutPostsLeavesAMark() throws IOException {
        assertThat(heights(image(Collections.nCopies(26, 0.0)))).containsOnly(2);
        assertThat(heights(image(List.of(0.0, 0.0001, 1.0)))).endsWith(2, 3, 48);
    }

    @Test
    void whatIsNoShareIsRefused() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sparkline.png(List.of(wrong)))
                    .withMessageStartingWith("not a share: ");
        }
    }

    @Test
    void thePictureForPagesHasATitleAndNothingThatActs() throws Exception {
        String svg = Sparkline.svg(SHARES, "Chips & \"tea\" <script>\n</title>");
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("fill")).isEqualTo("currentColor");
        assertThat(root.getFirstChild().getNodeName()).isEqualTo("title");
        assertThat(root.getFirstChild().getTextContent()).isEqualTo("Chips & \"tea\" <script> </title>");
        assertThat(root.getElementsByTagName("*").getLength()).isEqualTo(3); // the title, the older bars, the newest
        assertThat(svg).contains("M100 24v-20h3v20z").doesNotContain("style", "<script");
        assertThat(Sparkline.svg(List.of(), "Nothing")).endsWith("<title>Nothing</title></svg>");
    }

    @Test
    void theWordsSayWhatTheBarsShow() {
        assertThat(Sparkline.alt(SHARES, ENGLISH))
                .isEqualTo(
                        "Share of posts per week, 26 weeks: 4% on average, 9% in the last 4; this week 9%, highest 11%");
        assertThat(Sparkline.alt(List.of(0.004, 0.02, 0.0), ENGLISH))
                .isEqualTo("Share of posts per week, 3 weeks: 0.8% on average; this week 0%, highest 2%");
        assertThat(Sparkline.alt(List.of(0.5), ENGLISH)).isEqualTo("Share of posts this week: 50%");
        assertThat(Sparkline.alt(List.of(), ENGLISH)).isEqualTo("Share of posts per week: no weeks yet");
    }

    @Test
    void whatIsPackedIsUnpackedByOthers() throws DataFormatException {
        Random random = new Random(1951);
        for (int round = 0; round < 500; round++) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            while (data.size() < 2000) {
                int value = random.nextInt(256);
                for (int run = random.nextInt(random.nextInt(600) + 1); run >= 0; run--) {
                    data.write(value);
                }
            }
            Inflater inflater = new Inflater();
            inflater.setInput(RunDeflate.zlib(data.toByteArray()));
            byte[] unpacked = new byte[data.size() + 1];
            assertThat(inflater.inflate(unpacked)).isEqualTo(data.size());
            assertThat(inflater.finished()).isTrue();
            assertThat(unpacked).startsWith(data.toByteArray());
            inflater.end();
        }
    }
}
