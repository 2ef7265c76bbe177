package points.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * All that a server needs to be started: its executables, its files, the way in.
 *
 * @param readyWithin how long a server may take until it accepts connections
 */
record Installation(
    DataDirectory data, Executables executables, Log log, String password, Duration readyWithin) {

  static Installation prepare(DataDirectory data, Duration readyWithin)
      throws IOException, InterruptedException {
    Log log = new Log(data.log());
    Executables executables = Executables.of(Binaries.unpack(data), log);
    String password = DatabaseFiles.prepare(data, executables);
    return new Installation(data, executables, log, password, readyWithin);
  }

  void endLeftover() throws IOException, InterruptedException {
    Postmaster.endLeftover(data.cluster(), executables);
  }

  /** A server that is ready to be used and known to be durable; or none. */
  Postmaster start(int port) throws IOException, InterruptedException {
    Postmaster postmaster = Postmaster.start(this, port);
    boolean usable = false;
    try {
      new Login(port, password).requireDatabase();
      usable = true;
      return postmaster;
    } catch (SQLException e) {
      throw new LocalPostgresException("PostgreSQL started but cannot be used" + log.ending(), e);
    } finally {
      if (!usable) {
        postmaster.stop(executables);
      }
    }
  }

  void removeOtherBinaries() throws IOException {
    executables.binaries().removeOthers();
  }
}
