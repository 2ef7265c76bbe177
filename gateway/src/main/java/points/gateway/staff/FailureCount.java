package points.gateway.staff;

/**
 * The sign-ins that failed in the hour of the clock, the last one included.
 *
 * @param ofAddress those from the same address, or network, to the same program
 * @param ofProgram all those to the program
 */
public record FailureCount(int ofAddress, int ofProgram) {

  /** Failures of a program in an hour until rows become few whatever the addresses are. */
  private static final int EACH_ADDRESS_MAX = 100;

  /**
   * Returns whether the audit trail shows this failure: the first, second, fourth, eighth of an
   * address. When there are more than a hundred, only those of the program count.
   */
  boolean isShown() {
    return Integer.bitCount(ofProgram <= EACH_ADDRESS_MAX ? ofAddress : ofProgram) == 1;
  }
}
