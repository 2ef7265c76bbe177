package points.gateway.setup;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.function.Predicate;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.model.Fingerprint;

/**
 * The version of a thing that people set up, as the header ETag names it: the hash of its content.
 *
 * <p>A caller that sends it back as If-Match changes that version only. Two people who edit the
 * same thing cannot undo each other's work unseen.
 */
public final class VersionTag {

  private VersionTag() {}

  static String of(JsonObject thing) {
    return '"' + Fingerprint.of("version").and(thing.encode()).toUuid().toString() + '"';
  }

  /** Answers with a thing and its version. */
  public static void answer(RoutingContext ctx, JsonObject thing) {
    answer(ctx, 200, thing);
  }

  /** Answers with a thing and its version. */
  public static void answer(RoutingContext ctx, int status, JsonObject thing) {
    put(ctx, thing);
    Responses.json(ctx, status, thing);
  }

  /** Returns whether the caller wants to change one version only. */
  public static boolean isAsked(RoutingContext ctx) {
    return ctx.request().getHeader(HttpHeaders.IF_MATCH) != null;
  }

  /**
   * Names the version in the answer.
   *
   * @param versioned the part of the thing by which its versions differ
   */
  public static void put(RoutingContext ctx, JsonObject versioned) {
    ctx.response().putHeader(HttpHeaders.ETAG, of(versioned));
  }

  /** Returns whether the caller wants to change this version; any, without the header If-Match. */
  public static Predicate<JsonObject> wantedBy(RoutingContext ctx) {
    String header = ctx.request().getHeader(HttpHeaders.IF_MATCH);
    return thing ->
        header == null
            || Arrays.stream(header.split(","))
                .map(String::trim)
                .anyMatch(it -> it.equals("*") || it.equals(of(thing)));
  }

  public static void refuse(RoutingContext ctx) {
    Responses.problem(
        ctx,
        Problem.of(
            Code.CHANGED_MEANWHILE,
            "It is not the version that If-Match names. Read it again; nothing was changed."));
  }
}
