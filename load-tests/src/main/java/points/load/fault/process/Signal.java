package points.load.fault.process;

import points.load.fault.net.Shell;

/** What a process can be sent. */
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
