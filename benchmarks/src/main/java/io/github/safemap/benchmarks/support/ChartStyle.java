package io.github.safemap.benchmarks.support;

import io.github.safemap.benchmarks.Subject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all charts look. */
public final class ChartStyle {
    /** Pixels. */
    public static final int WIDTH = 1_200;

    /** Pixels. */
    public static final int HEIGHT = 560;

    /** The font of all texts. */
    public static final String FONT = Font.SANS_SERIF;

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
    private static final Color SKY = new Color(0x56B4E9);
    public static final Color PURPLE = new Color(0xCC79A7);
    private static final Color YELLOW = new Color(0xC9B900);
    private static final Color BROWN = new Color(0x8C564B);
    public static final Color GREY = new Color(0x999999);

    private ChartStyle() {}

    /** Applies it to a chart whose values begin at 0. */
    public static void apply(AxesChartStyler styler) {
        common(styler);
        styler.setYAxisMin(0.0);
    }

    /** Applies it to a chart whose values are shown by their logarithms. */
    public static void applyLogarithmic(AxesChartStyler styler) {
        common(styler);
        styler.setYAxisLogarithmic(true);
    }

    private static void common(AxesChartStyler styler) {
        styler.setPlotGridVerticalLinesVisible(false);
        // Solid: of a dashed line each dash would be a path of its own in an SVG.
        styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
        styler.setPlotGridLinesColor(LIGHT_GREY);
        styler.setPlotBorderVisible(false);
        styler.setAxisTitleFont(new Font(FONT, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 11));
        styler.setChartTitleFont(new Font(FONT, Font.BOLD, 16));
        styler.setLegendFont(new Font(FONT, Font.PLAIN, 13));
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLocale(Locale.ROOT);
    }

    /** Returns the colour of a map. */
    public static Color colourOf(Subject subject) {
        return switch (subject) {
            case SAFE_MAP -> GREEN;
            case GO_MAP -> BLUE;
            case HASH_MAP -> GREY;
            case CONCURRENT_HASH_MAP -> ORANGE;
            case NON_BLOCKING_HASH_MAP -> PURPLE;
            case ECLIPSE_COLLECTIONS -> SKY;
            case CONCURRENT_SWISS_MAP -> VERMILION;
            case NON_BLOCKING_HASH_MAP_LONG -> YELLOW;
            case FASTUTIL_WRAPPER -> BROWN;
            case SYNCHRONIZED_HASH_MAP -> GREY;
            case SYNCHRONIZED_GO_MAP -> BLUE;
            default -> BLACK;
        };
    }
}
