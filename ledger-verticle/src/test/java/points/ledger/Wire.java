package points.ledger;

import static points.ledger.OpenLedger.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import points.ledger.database.Database;
import points.postgres.TestDatabase;

/** A network between a ledger and its database that can lose what is sent, without a word. */
final class Wire {

  private final Queue<NetSocket> ends = new ConcurrentLinkedQueue<>();
  private final NetServer server;

  private Wire(Vertx vertx, int to) {
    var client = vertx.createNetClient();
    this.server =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  near.pause();
                  client.connect(to, "127.0.0.1").onSuccess(far -> join(near, far));
                });
  }

  static Wire to(TestDatabase database, Vertx vertx) {
    var wire = new Wire(vertx, database.port());
    await(wire.server.listen(0, "127.0.0.1"));
    return wire;
  }

  /** The database, reached over this wire. */
  Database at(TestDatabase database) {
    return new Database(
        database.uri().replace(":" + database.port() + "/", ":" + server.actualPort() + "/"));
  }

  /** What is connected now hears nothing more of the other side, not even that it is gone. */
  void cut() {
    ends.forEach(NetSocket::pause);
    ends.clear();
  }

  /** What is connected now is told that the other side has gone. */
  void tear() {
    ends.forEach(NetSocket::close);
    ends.clear();
  }

  private void join(NetSocket near, NetSocket far) {
    ends.add(near);
    ends.add(far);
    near.handler(far::write).closeHandler(closed -> far.close());
    far.handler(near::write).closeHandler(closed -> near.close());
    near.resume();
  }
}
