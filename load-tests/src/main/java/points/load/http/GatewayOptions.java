package points.load.http;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every tool that calls a gateway as an admin; mixed into its command. */
public final class GatewayOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the gateway (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "an admin's API key (default: POINTS_KEY, else the key file of a gateway started from"
              + " this directory tree)")
  private @Nullable String key;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  public URI url() {
    return url;
  }

  /** The key that was given; empty when it is to be looked for. */
  public Optional<String> key() {
    return Optional.ofNullable(key);
  }
}
