package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.safemap.benchmarks.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    @Test
    void saysWhatSafeMapKeepsAndTheOthersInOrder() {
        assertEquals(
                "SafeMap keeps 0.5 MB of the 100.0 MB it held when full (0.50%)."
                        + " Kept by the others: HashMap 8.00%, GoMap 30.00%."
                        + " The smallest share is that of SafeMap."
                        + " Published: Go map[int][128]byte 63.56%.",
                Findings.kept(
                        List.of(
                                Rows.of(Subject.GO_MAP, 0, 30, 0),
                                Rows.of(Subject.HASH_MAP, 0, 8, 0),
                                Rows.of(Subject.SAFE_MAP, 0, 0.5, 0)),
                        List.of(Published.GO_MILLION_VALUES),
                        Unit.MB));
    }

    @Test
    void saysSoWhenAnotherMapKeepsLess() {
        assertEquals(
                "SafeMap keeps 9.0 MB of the 100.0 MB it held when full (9.00%)."
                        + " Kept by the others: HashMap 8.00%."
                        + " The smallest share is that of HashMap.",
                Findings.kept(
                        List.of(Rows.of(Subject.SAFE_MAP, 0, 9, 0), Rows.of(Subject.HASH_MAP, 0, 8, 0)),
                        List.of(),
                        Unit.MB));
    }

    @Test
    void saysSoWhenMapsDoNotDiffer() {
        assertEquals(
                "Kept by the others: GoMap 8.00%, HashMap 8.00%. They do not differ.",
                Findings.kept(
                        List.of(Rows.of(Subject.GO_MAP, 0, 8, 0), Rows.of(Subject.HASH_MAP, 0, 8, 0)),
                        List.of(),
                        Unit.MB));
    }

    @Test
    void thePromiseIsJudgedByTheWorstNumberOfSurvivorsAndWithoutTheSurvivors() {
        assertEquals(
                "Beyond the survivors' own keys and values SafeMap keeps at most 0.75% of its full"
                        + " size (with 500 survivors): the promise of less than 1% holds."
                        + " Of the others at most: HashMap 9.00%.",
                Findings.promise(List.of(
                        Rows.of(Subject.HASH_MAP, 500, 10, 1),
                        Rows.of(Subject.SAFE_MAP, 500, 1.75, 1),
                        Rows.of(Subject.SAFE_MAP, 5_000, 10.5, 10))));
    }

    @Test
    void aBrokenPromiseIsNotHushedUp() {
        assertEquals(
                "Beyond the survivors' own keys and values SafeMap keeps at most 1.00% of its full"
                        + " size (with 0 survivors): the promise of less than 1% DOES NOT HOLD.",
                Findings.promise(List.of(Rows.of(Subject.SAFE_MAP, 0, 1, 0))));
    }

    @Test
    void findsWhereThePublishedMapStopsGivingBack() {
        assertEquals(
                "The published go-zero SafeMap keeps 35.84% of its full size from 1,000 survivors" + " on.",
                Findings.published(Published.GO_ZERO));
    }

    @Test
    void aSmallShareIsNotNothing() {
        assertEquals("<0.01%", Unit.percent(0.000_01));
        assertEquals("0.00%", Unit.percent(0));
        assertEquals("0.01%", Unit.percent(0.000_1));
    }
}
