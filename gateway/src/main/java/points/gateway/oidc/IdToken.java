package points.gateway.oidc;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an id token whose signature was verified, and the rules of OpenID Connect for them.
 */
record IdToken(JsonObject claims) {

  /** Difference between the provider's clock and ours that is put up with. */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final int SUBJECT_LENGTH_MAX = 255;
  private static final int NAME_LENGTH_MAX = 120;

  /** Groups of a person that are read at most. */
  private static final int GROUPS_MAX = 2_000;

  /**
   * Returns why the token is not for this sign-in; null when it is.
   *
   * @param issuer the issuer that the provider says it is
   */
  @Nullable String fault(String issuer, String clientId, String nonce, Instant now) {
    Set<String> audiences = texts("aud");
    if (!issuer.equals(text("iss"))) {
      return "it is of another issuer";
    } else if (!audiences.contains(clientId)) {
      return "it is for another client";
    } else if (audiences.size() > 1 && text("azp") == null) {
      return "it is for several clients and names none";
    } else if (claims.containsKey("azp") && !clientId.equals(text("azp"))) {
      return "it was given to another client";
    } else if (!nonce.equals(text("nonce"))) {
      return "its nonce is not that of this sign-in";
    } else if (text("sub") == null || subject().length() > SUBJECT_LENGTH_MAX) {
      return "it has no subject of 1 to 255 characters";
    }
    return faultOfTime(now.getEpochSecond());
  }

  private @Nullable String faultOfTime(long now) {
    if (!(claims.getValue("exp") instanceof Number expires)
        || !(claims.getValue("iat") instanceof Number issued)) {
      return "it says not when it was issued and when it expires";
    } else if (expires.longValue() + LEEWAY.toSeconds() <= now) {
      return "it has expired";
    } else if (issued.longValue() - LEEWAY.toSeconds() > now) {
      return "it was issued in the future";
    }
    return claims.getValue("nbf") instanceof Number begins
            && begins.longValue() - LEEWAY.toSeconds() > now
        ? "it is not valid yet"
        : null;
  }

  String subject() {
    return Objects.requireNonNull(text("sub"));
  }

  /** Returns names for the person's account, the best one first. */
  List<String> names() {
    List<String> found = new ArrayList<>();
    for (String claim : List.of("name", "preferred_username", "email", "sub")) {
      String name = text(claim);
      String readable = name == null ? "" : name.replaceAll("\\p{Cntrl}", " ").strip();
      if (!readable.isEmpty()) {
        found.add(
            readable.substring(
                0,
                readable.offsetByCodePoints(0, Math.min(NAME_LENGTH_MAX, codePoints(readable)))));
      }
    }
    return found;
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the groups that a claim names: a text, or a list of texts. */
  Set<String> groups(String claim) {
    return texts(claim);
  }

  private @Nullable String text(String claim) {
    return claims.getValue(claim) instanceof String text && !text.isEmpty() ? text : null;
  }

  private Set<String> texts(String claim) {
    Set<String> found = new LinkedHashSet<>();
    Object value = claims.getValue(claim);
    if (value instanceof String text) {
      found.add(text);
    } else if (value instanceof JsonArray array) {
      array.stream()
          .limit(GROUPS_MAX)
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .forEach(found::add);
    }
    return found;
  }
}
