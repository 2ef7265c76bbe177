package points.ledger.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Counts operations for each second of the processor, that of the garbage collector along.
 *
 * <p>On a machine that others use, this stays what it is when the time of the clock does not.
 */
public final class ProcessorTime implements InternalProfiler {

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long begin;

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    begin = system.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double seconds = (system.getProcessCpuTime() - begin) / 1e9;
    double operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult("cpu", operations / seconds, "ops/s of a core", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "operations for each second of the processor";
  }
}
