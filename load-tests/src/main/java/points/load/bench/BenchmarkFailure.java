package points.load.bench;

/** Why a run cannot go on or its figures cannot be trusted, in words for whoever started it. */
final class BenchmarkFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchmarkFailure(String message) {
    super(message);
  }

  BenchmarkFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
