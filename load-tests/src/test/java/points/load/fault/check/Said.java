package points.load.fault.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Entry;

/** Makes up what callers asked for and were told. */
class Said {
  final List<Call> calls = new ArrayList<>();
  int keys;

  /** Somebody was refused at a moment, in seconds from the beginning. */
  void isRefused(Wish wish, long second, String code, @Nullable Long available) {
    asks(wish, second, new Answer.Refused(409, code, available));
  }

  /** Somebody was told at a moment that it is done, in the words of an entry. */
  void isTold(Wish wish, long second, Entry entry, boolean replayed) {
    asks(wish, second, told(entry, replayed));
  }

  /**
   * Somebody asked for something that has no entry, or not yet.
   *
   * @return the key
   */
  String asks(Wish wish, long second, Answer answer) {
    String key = "k" + ++keys;
    boolean hasKey = !(wish instanceof Wish.Join || wish instanceof Wish.Leave);
    asksAgain(hasKey ? key : null, wish, second, answer);
    return key;
  }

  void asksAgain(@Nullable String key, Wish wish, long second, Answer answer) {
    long begin = second * 1_000_000_000L;
    calls.add(new Call(calls.size(), "c1", "n1", wish, key, begin, begin + 1_000_000, answer));
  }

  void sees(String member, long second, Answer.Seen balance) {
    asksAgain(null, new Wish.Balance(member), second, balance);
  }

  static Answer told(Entry entry, boolean replayed) {
    return new Answer.Acknowledged(Acknowledgements.expected(entry).encode(), replayed);
  }
}
