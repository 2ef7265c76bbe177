package points.ledger.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * All that a server needs to be started: its programs, its files, the way in.
 *
 * @param readyWithin how long a server may take until it accepts connections
 */
record Installation(
    DataDirectory data, Programs programs, Log log, String password, Duration readyWithin) {

  static Installation prepare(DataDirectory data, Duration readyWithin)
      throws IOException, InterruptedException {
    Log log = new Log(data.log());
    Programs programs = Programs.of(Binaries.unpack(data), log);
    String password = Cluster.prepare(data, programs);
    return new Installation(data, programs, log, password, readyWithin);
  }

  void endLeftover() throws IOException, InterruptedException {
    Postmaster.endLeftover(data.cluster(), programs);
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
        postmaster.stop(programs);
      }
    }
  }

  void removeOtherBinaries() throws IOException {
    programs.binaries().removeOthers();
  }
}
