package points.load.bench.process;

/** A benchmark that cannot go on, or whose figures cannot be trusted. */
public final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BenchmarkException(String message) {
    super(message);
  }

  public BenchmarkException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
