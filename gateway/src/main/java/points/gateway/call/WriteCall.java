package points.gateway.call;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Responses;
import points.gateway.web.TransactionId;
import points.ledger.model.MemberKey;

/**
 * A call that changes something, sent alone or as a record of a batch. The same code reads both,
 * and both need the same permission.
 *
 * @param permission the permission that its caller needs
 */
public record WriteCall(Permission permission, Reader reader) {

  /** Reads a call's fields. */
  public interface Reader {

    /**
     * Reads the call. Collects errors in the input; the caller of this method looks there before it
     * uses the result.
     */
    ParsedCall read(Credential caller, JsonRequest input);
  }

  /** Reads the fields of a call on a member; the path or the record names the member. */
  public interface MemberReader {

    /** As {@link Reader#read}. */
    ParsedCall read(Credential caller, MemberKey member, JsonRequest input);
  }

  /**
   * Makes a call on a member that also comes as a record of a batch. A call that comes alone has
   * the member's id in its path; a record has it in its field {@code memberId}.
   */
  public static WriteCall onMember(Permission permission, MemberReader reader) {
    return new WriteCall(
        permission,
        (caller, input) ->
            reader.read(
                caller, new MemberKey(caller.programId(), input.body().id("memberId")), input));
  }

  /** Answers a single call that has its member in its path. */
  public static void answerOnMember(RoutingContext ctx, MemberReader reader) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    Credential caller = Authentication.caller(ctx);
    MemberKey member = Authentication.member(ctx);
    MemberKey named = member == null ? new MemberKey(caller.programId(), "") : member;
    ParsedCall parsed = reader.read(caller, named, input);
    if (member == null && !input.isWrong()) {
      Responses.memberNotFound(ctx);
    } else {
      answer(ctx, input, parsed);
    }
  }

  /** Reads the fields of a call on an entry; the path or the record names the entry. */
  public interface EntryReader {

    /**
     * As {@link Reader#read}.
     *
     * @param entry null when the caller sent something that is no transaction id
     */
    ParsedCall read(Credential caller, @Nullable TransactionId entry, JsonRequest input);
  }

  /**
   * Makes a call on an entry that also comes as a record of a batch. A call that comes alone has
   * the entry's transaction id in its path; a record has it in a field.
   *
   * @param name the name of that field
   */
  public static WriteCall onEntry(Permission permission, String name, EntryReader reader) {
    return new WriteCall(
        permission,
        (caller, input) -> {
          String id = input.body().readable(name, TransactionId.LENGTH_MAX);
          return reader.read(caller, TransactionId.of(caller.programId(), id), input);
        });
  }

  /** Answers a single call that has its entry in its path. */
  public static void answerOnEntry(RoutingContext ctx, String name, EntryReader reader) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    answer(
        ctx,
        input,
        reader.read(Authentication.caller(ctx), TransactionId.ofPath(ctx, name), input));
  }

  /** Mounts the call on a path of its own. */
  public void mount(ApiRouter api, String path) {
    api.post(path, permission, this::answer);
  }

  /** Answers a single call that has all its fields in the body. */
  void answer(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    answer(ctx, input, reader.read(Authentication.caller(ctx), input));
  }

  /** Answers a single call. */
  static void answer(RoutingContext ctx, JsonRequest input, ParsedCall parsed) {
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
    } else {
      Responses.when(ctx, parsed.work().get(), result -> Responses.result(ctx, result));
    }
  }
}
