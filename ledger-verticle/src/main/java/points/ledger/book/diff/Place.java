package points.ledger.book.diff;

import points.ledger.book.check.Words;

/**
 * A field of a document on the way to a difference.
 *
 * @param pointer its JSON pointer
 * @param parent the name of the field that holds it; empty at the top
 * @param name its own name, or that of its list; empty at the top
 * @param rule the rule that it belongs to, in words; empty for none
 * @param label its names below the rule, in words
 */
record Place(String pointer, String parent, String name, Words rule, Words label) {

  private static final Words NONE = Words.same("");

  static final Place TOP = new Place("", "", "", NONE, NONE);

  Place field(String field) {
    Words its = FieldNames.of(name, field);
    Words rule = FieldNames.rule(name, field);
    boolean begins = !rule.en().isEmpty();
    return new Place(
        pointer + "/" + field.replace("~", "~0").replace("/", "~1"),
        name,
        field,
        begins ? rule : this.rule,
        begins ? NONE : join(label, its));
  }

  /**
   * An element of a list, which has the list's name.
   *
   * @param its the rule that it is, or the part of one
   */
  Place element(int index, Words its) {
    return new Place(pointer + "/" + index, parent, name, its, NONE);
  }

  private static Words join(Words one, Words two) {
    return new Words(one.zh() + two.zh(), (one.en() + " " + two.en()).strip());
  }

  /** The beginning of a sentence, such as {@code Promotion weekend: cap per order}. */
  Words beginning() {
    String zh = rule.en().isEmpty() ? "" : rule.zh() + "：";
    String en = rule.en().isEmpty() ? "" : rule.en() + ": ";
    return label.en().isEmpty()
        ? new Words(zh, en)
        : new Words(zh + label.zh() + " ", en + label.en() + " ");
  }
}
