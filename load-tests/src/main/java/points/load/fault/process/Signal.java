package points.load.fault.process;

import points.load.process.Shell;

/** A signal to a process. */
public enum Signal {
  TERM,
  KILL,
  STOP,
  CONT;

  /** Sends it. */
  public void to(long pid) {
    Shell.run("kill", "-" + name(), Long.toString(pid));
  }
}
