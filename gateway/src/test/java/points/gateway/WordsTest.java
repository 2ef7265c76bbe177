package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Words that a stranger would stumble over, with what to say instead; read in all main sources. */
class WordsTest {

  private static final int FIRST_SENTENCE_WORDS_MAX = 20;

  /** Where a rule holds. */
  private enum Place {
    COMMENTS,
    FIRST_SENTENCES,
    SENTENCES,
    TAGS,
    NAMES,
    LOG_LINES
  }

  private record Rule(Set<Place> places, Pattern outlawed, String instead) {

    static Rule of(Set<Place> places, String outlawed, String instead) {
      return new Rule(places, Pattern.compile(outlawed), instead);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              Set.of(Place.COMMENTS, Place.LOG_LINES),
              "(?i)\\b(told|tells?|telling)\\b",
              "return, answer, notify or announce, with the actor as subject"),
          Rule.of(
              Set.of(Place.COMMENTS, Place.LOG_LINES),
              "\\b(go|goes|going|gone|went) on as\\b",
              "is merged into, becomes, or takes part as"),
          Rule.of(
              Set.of(Place.COMMENTS, Place.LOG_LINES),
              "(?i)\\b(un)?settl\\w*",
              "the word is for money between stores; end, finish, publish or apply"),
          Rule.of(
              Set.of(Place.NAMES),
              "(?i)settle(?!ment)|unsettled",
              "the word is for money between stores; end, finish, publish or apply"),
          Rule.of(
              Set.of(Place.FIRST_SENTENCES),
              "^(What|Who|Whom|Whose|Whoever|Whatever|Whichever|Which|Why|How|Where|Those)\\b",
              "begin with a noun phrase, or a verb and its object"),
          Rule.of(
              Set.of(Place.SENTENCES),
              "^(What|Who|Whom|Whose|Whoever|Whatever|Whichever|Those who)\\b[^?]*$",
              "name the actor or the thing as the subject"),
          Rule.of(
              Set.of(Place.TAGS),
              "@(?:param \\S+|return|throws \\S+) (what|who|whom|whose|whoever)\\b",
              "name the thing: 'the problem of the store', not 'what is wrong with the store'"),
          Rule.of(
              Set.of(Place.NAMES),
              "^(told|tell[A-Z]?.*|wanted|became|again|kept|takesItsTime|lastOf|nothing|whoever)$",
              "a verb for a method, a noun for a value, as another house would call it"),
          Rule.of(
              Set.of(Place.NAMES),
              "^(HotMembers|HotEntry|GiveUp|Lessee|Roster|Greeting|BusPeers|Census|Absences"
                  + "|Relocation|FollowUp|Rulebook|SharedStates|Believed|Doubts|Certainty|Readings"
                  + "|HotCluster|HandOver|Arrivals|Claims|Lookups|Verdict|Lookout"
                  + "|Reachability|Settlements|TimeLimit|Fold|Earning|Spending|Holding|Refunding"
                  + "|Reversing|Transferring|Settle|Settled|Needed|Undecided|Books|TooMuchSetAside"
                  + "|Refolding|DatabaseAway|WriteFailure|IdentifierTaken|TooLong|Unusable"
                  + "|Rounds|WantedRefund|Endings|Departures|Pace|Told|Intent|Entrance|Guard"
                  + "|Turns|Listening|Wish|Wishes|Sheet|MemberCase|Backstage|Cast"
                  + "|Holdings|LastWords)$",
              "a name that the field knows; this one was given up"));

  /** Packages that are not clean yet. One that is must go from here, so the list only shrinks. */
  private static final Set<String> NOT_YET = Set.of();

  @Test
  void sources_say_it_in_words_that_strangers_know() throws IOException {
    Map<String, List<String>> faults = new TreeMap<>();
    Path root = Path.of("..").toRealPath();
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway", "load-tests")) {
      Path sources = root.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).sorted().toList()) {
          String name = sources.relativize(file.getParent()).toString().replace('/', '.');
          List<String> found = faults(JavaText.of(Files.readString(file)));
          if (!found.isEmpty()) {
            faults
                .computeIfAbsent(name, key -> new ArrayList<>())
                .addAll(
                    found.stream().map(it -> name + " " + file.getFileName() + ": " + it).toList());
          }
        }
      }
    }
    Set<String> clean = new TreeSet<>(NOT_YET);
    clean.removeAll(faults.keySet());
    assertThat(clean).as("packages that are clean, and must go from NOT_YET").isEmpty();
    faults.keySet().removeAll(NOT_YET);
    assertThat(String.join("\n", faults.values().stream().flatMap(List::stream).toList()))
        .isEmpty();
  }

  @Test
  void finds_each_kind_of_fault() {
    String source =
        """
        /** Who may call. They are told so. */
        class Roster {
          /**
           * Returns it.
           *
           * @param key what it is called by
           */
          int wanted(int key) {
            LOG.info("member {} was told", key); // the batch is settled
            return "who is told".length();
          }
        }
        """;
    assertThat(faults(JavaText.of(source))).hasSize(8);
    assertThat(faults(JavaText.of("/** " + "word ".repeat(21) + ". */ class Long {}"))).hasSize(1);
    assertThat(faults(JavaText.of("/** Returns the sum. */ class Sum {}"))).isEmpty();
  }

  private static List<String> faults(JavaText text) {
    List<String> faults = new ArrayList<>();
    for (Rule rule : RULES) {
      for (Place place : rule.places()) {
        texts(text, place).stream()
            .filter(it -> rule.outlawed().matcher(it).find())
            .forEach(it -> faults.add("'" + it + "'; " + rule.instead()));
      }
    }
    texts(text, Place.FIRST_SENTENCES).stream()
        .filter(it -> it.split(" ").length > FIRST_SENTENCE_WORDS_MAX)
        .forEach(it -> faults.add("'" + it + "'; 20 words at most in the first sentence"));
    return faults;
  }

  private static List<String> texts(JavaText text, Place place) {
    return switch (place) {
      case COMMENTS, TAGS -> text.comments();
      case SENTENCES ->
          text.comments().stream()
              .flatMap(
                  it ->
                      JavaText.sentences(it.replaceFirst("(?s)@(?:param|return|throws).*", ""))
                          .stream())
              .toList();
      case FIRST_SENTENCES ->
          text.javadoc().stream().map(it -> JavaText.sentences(it).get(0)).toList();
      case NAMES -> text.names();
      case LOG_LINES -> text.logLines();
    };
  }
}
