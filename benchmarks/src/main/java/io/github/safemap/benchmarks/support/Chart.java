package io.github.safemap.benchmarks.support;

import io.github.safemap.benchmarks.Subject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A chart, and how all charts look. */
public abstract class Chart {
    /** For what was there before. */
    public static final Color LIGHT_GREY = new Color(0xC8C8C8);

    /** For what is of no map. */
    public static final Color BLACK = new Color(0x333333);

    /** For what should not be there. */
    public static final Color VERMILION = new Color(0xD55E00);

    /** Colours that stay apart for the colour-blind too (Okabe and Ito), SafeMap's in green. */
    public static final Color GREEN = new Color(0x009E73);

    public static final Color BLUE = new Color(0x0072B2);
    public static final Color ORANGE = new Color(0xE69F00);
    public static final Color GREY = new Color(0x999999);
    private static final Color SKY = new Color(0x56B4E9);
    private static final Color PURPLE = new Color(0xCC79A7);
    private static final Color YELLOW = new Color(0xC9B900);
    private static final Color BROWN = new Color(0x8C564B);

    /** Pixels. */
    static final int WIDTH = 1_200;

    /** Pixels. */
    static final int HEIGHT = 560;

    static final String SVG = "svg";

    private static final String FONT = Font.SANS_SERIF;

    private final AxesChartStyler style;

    /** Gives a chart the common style; its values begin at 0. */
    Chart(AxesChartStyler style) {
        this.style = style;
        style.setYAxisMin(0.0);
        style.setPlotGridVerticalLinesVisible(false);
        // Solid: of a dashed line each dash would be a path of its own in an SVG.
        style.setPlotGridLinesStroke(new BasicStroke(0.5f));
        style.setPlotGridLinesColor(LIGHT_GREY);
        style.setPlotBorderVisible(false);
        style.setAxisTitleFont(new Font(FONT, Font.PLAIN, 13));
        style.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 11));
        style.setChartTitleFont(new Font(FONT, Font.BOLD, 16));
        style.setLegendFont(new Font(FONT, Font.PLAIN, 13));
        style.setChartBackgroundColor(Color.WHITE);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setLocale(Locale.ROOT);
    }

    /** Shows values by their logarithms, from {@code least} on. */
    public final void logarithmic(double least) {
        style.setYAxisLogarithmic(true);
        style.setYAxisMin(least);
    }

    /** Writes it as SVG. */
    public abstract void save(Path file) throws IOException;

    /** Returns the font of the labels in a chart. */
    static Font labelFont() {
        return new Font(FONT, Font.PLAIN, 11);
    }

    /** Returns the colour of a map. */
    public static Color colourOf(Subject subject) {
        return switch (subject) {
            case SAFE_MAP -> GREEN;
            case GO_MAP, SYNCHRONIZED_GO_MAP -> BLUE;
            case HASH_MAP, SYNCHRONIZED_HASH_MAP -> GREY;
            case CONCURRENT_HASH_MAP -> ORANGE;
            case NON_BLOCKING_HASH_MAP -> PURPLE;
            case ECLIPSE_COLLECTIONS -> SKY;
            case CONCURRENT_SWISS_MAP -> VERMILION;
            case NON_BLOCKING_HASH_MAP_LONG -> YELLOW;
            case FASTUTIL_WRAPPER -> BROWN;
        };
    }
}
