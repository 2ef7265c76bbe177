package points.load.bench;

/** What a request asks for, and how its answer is judged. */
enum Kind {
  READ(200),
  ACCRUAL(201),
  DEDUCTION(201),
  /** What members are given before anything is measured. */
  OPENING(201);

  /** How an answer counts. */
  enum Verdict {
    /** Done, and durable if it was a write. */
    ACKNOWLEDGED,
    /** Refused by the rules of the program, nothing written. */
    REFUSED,
    /** Anything else; one of these fails the run. */
    WRONG
  }

  private final int success;

  Kind(int success) {
    this.success = success;
  }

  Verdict judge(ResponseReader answer) {
    int status = answer.status();
    if (status == success) {
      return Verdict.ACKNOWLEDGED;
    }
    boolean refusal =
        this == DEDUCTION && status == 409 && answer.body().contains("\"insufficient_points\"");
    return refusal ? Verdict.REFUSED : Verdict.WRONG;
  }

  boolean writes() {
    return this != READ;
  }
}
