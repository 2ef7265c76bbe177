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
 * A call that changes something, alone or as a record of a batch. Both are read by the same code
 * and need the same permission.
 *
 * @param permission the permission that its caller needs
 */
public record WriteCall(Permission permission, Reader reader) {

  /** Takes a call's fields. */
  public interface Reader {

    /**
     * Reads the call. Errors are in the input afterwards: the caller of this method looks there
     * before it uses the result.
     */
    ParsedCall read(Credential caller, JsonRequest input);
  }

  /** Takes the fields of a call on a member that is named beside them. */
  public interface MemberReader {

    /** As {@link Reader#read}. */
    ParsedCall read(Credential caller, MemberKey member, JsonRequest input);
  }

  /** A line that names the member which the call alone has in its path. */
  public static WriteCall onMember(Permission permission, MemberReader reader) {
    return new WriteCall(
        permission,
        (caller, input) ->
            reader.read(
                caller, new MemberKey(caller.programId(), input.body().id("memberId")), input));
  }

  /** Answers a call that came alone and has its member in its path. */
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

  /** Takes the fields of a call on an entry that is named beside them. */
  public interface EntryReader {

    /**
     * As {@link Reader#read}.
     *
     * @param entry null when it is named by something that is no transaction id
     */
    ParsedCall read(Credential caller, @Nullable TransactionId entry, JsonRequest input);
  }

  /** A line that names the entry which the call alone has in its path. */
  public static WriteCall onEntry(Permission permission, String name, EntryReader reader) {
    return new WriteCall(
        permission,
        (caller, input) -> {
          String id = input.body().readable(name, TransactionId.LENGTH_MAX);
          return reader.read(caller, TransactionId.of(caller.programId(), id), input);
        });
  }

  /** Answers a call that came alone and has its entry in its path. */
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

  /** Answers a call that came alone and has nothing in its path. */
  void answer(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    answer(ctx, input, reader.read(Authentication.caller(ctx), input));
  }

  /** Answers a call that came alone. */
  static void answer(RoutingContext ctx, JsonRequest input, ParsedCall parsed) {
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
    } else {
      Responses.when(ctx, parsed.work().get(), result -> Responses.result(ctx, result));
    }
  }
}
