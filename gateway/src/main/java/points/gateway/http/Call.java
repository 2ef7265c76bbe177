package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.model.MemberKey;

/**
 * A call that changes something and may come alone or as a line of a batch: read by the same code,
 * needing the same.
 *
 * @param permission what its caller needs
 */
record Call(Permission permission, Reader reader) {

  /** Takes a call's fields. */
  interface Reader {

    /**
     * What is wrong is in the input afterwards: whoever calls this looks there before the intent is
     * used.
     */
    Intent read(Credential caller, Input input);
  }

  /** Takes the fields of a call on a member that is named beside them. */
  interface MemberReader {

    /** As {@link Reader#read}. */
    Intent read(Credential caller, MemberKey member, Input input);
  }

  /** A line that names the member which the call alone has in its path. */
  static Call onMember(Permission permission, MemberReader reader) {
    return new Call(
        permission,
        (caller, input) ->
            reader.read(
                caller, new MemberKey(caller.programId(), input.body().id("memberId")), input));
  }

  /** Answers a call that came alone and has its member in its path. */
  static void answerOnMember(RoutingContext ctx, MemberReader reader) {
    Input input = Input.ofWrite(ctx);
    Credential caller = Guard.caller(ctx);
    MemberKey member = Guard.member(ctx);
    MemberKey named = member == null ? new MemberKey(caller.programId(), "") : member;
    Intent intent = reader.read(caller, named, input);
    if (member == null && !input.isWrong()) {
      Reply.memberNotFound(ctx);
    } else {
      answer(ctx, input, intent);
    }
  }

  /** Takes the fields of a call on an entry that is named beside them. */
  interface EntryReader {

    /**
     * As {@link Reader#read}.
     *
     * @param entry null when it is named by something that is no transaction id
     */
    Intent read(Credential caller, @Nullable EntryId entry, Input input);
  }

  /** A line that names the entry which the call alone has in its path. */
  static Call onEntry(Permission permission, String name, EntryReader reader) {
    return new Call(
        permission,
        (caller, input) -> {
          String id = input.body().readable(name, EntryId.LENGTH_MAX);
          return reader.read(caller, EntryId.of(caller.programId(), id), input);
        });
  }

  /** Answers a call that came alone and has its entry in its path. */
  static void answerOnEntry(RoutingContext ctx, String name, EntryReader reader) {
    Input input = Input.ofWrite(ctx);
    answer(ctx, input, reader.read(Guard.caller(ctx), EntryId.ofPath(ctx, name), input));
  }

  /** Answers a call that came alone and has nothing in its path. */
  void answer(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    answer(ctx, input, reader.read(Guard.caller(ctx), input));
  }

  /** Answers a call that came alone. */
  static void answer(RoutingContext ctx, Input input, Intent intent) {
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
    } else {
      Reply.when(ctx, intent.work().get(), told -> Reply.told(ctx, told));
    }
  }
}
