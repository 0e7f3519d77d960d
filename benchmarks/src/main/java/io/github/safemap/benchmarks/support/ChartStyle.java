package io.github.safemap.benchmarks.support;

import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all charts have in common. The colours stay apart for the colour-blind too (Okabe and Ito). */
public final class ChartStyle {
    public static final int WIDTH = 1_200;
    public static final int HEIGHT = 560;
    public static final String FONT = Font.SANS_SERIF;

    /** SafeMap's. */
    public static final Color GREEN = new Color(0x009E73);

    public static final Color BLUE = new Color(0x0072B2);
    public static final Color ORANGE = new Color(0xE69F00);
    public static final Color VERMILION = new Color(0xD55E00);
    public static final Color PURPLE = new Color(0xCC79A7);
    public static final Color GREY = new Color(0x999999);
    public static final Color LIGHT_GREY = new Color(0xC8C8C8);
    public static final Color BLACK = new Color(0x333333);

    private ChartStyle() {}

    /** Sets fonts, legend and grid. */
    public static void apply(AxesChartStyler styler) {
        styler.setYAxisMin(0.0);
        styler.setPlotGridVerticalLinesVisible(false);
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
}
