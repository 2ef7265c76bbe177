package points.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

  private final Connections connections = new Connections();

  @Test
  void closes_the_oldest_stranger_of_an_address_with_too_many() {
    add(Connections.STRANGERS_OF_ADDRESS_MAX, "10.0.0.1");
    List<Channel> crowd = add(Connections.STRANGERS_OF_ADDRESS_MAX, "10.0.0.2");

    assertThat(connections.add(new EmbeddedChannel(), "10.0.0.2")).isSameAs(crowd.get(0));
    assertThat(connections.add(new EmbeddedChannel(), "10.0.0.2")).isSameAs(crowd.get(1));
  }

  @Test
  void closes_the_oldest_stranger_and_never_a_node() {
    List<Channel> nodes = add(10, "10.0.0.1");
    nodes.forEach(connections::isOfNode);
    List<Channel> strangers = new ArrayList<>();
    for (int i = 0; i < Connections.MAX - 10; i++) {
      strangers.addAll(add(1, "10.0.1." + i));
    }

    assertThat(connections.add(new EmbeddedChannel(), "10.0.2.1")).isSameAs(strangers.get(0));
    connections.remove(nodes.get(0));
    assertThat(connections.add(new EmbeddedChannel(), "10.0.2.2")).isNull();
  }

  @Test
  void closes_the_newest_connection_when_all_are_nodes() {
    for (int i = 0; i < Connections.MAX; i++) {
      add(1, "10.0.0.1").forEach(connections::isOfNode);
    }
    var stranger = new EmbeddedChannel();

    assertThat(connections.add(stranger, "10.0.0.1")).isSameAs(stranger);
  }

  @Test
  void a_closed_connection_is_no_node_though_its_message_is_read_later() {
    List<Channel> crowd = add(Connections.STRANGERS_OF_ADDRESS_MAX, "10.0.0.1");
    connections.add(new EmbeddedChannel(), "10.0.0.1");

    connections.isOfNode(crowd.get(0));

    for (int i = 0; i < Connections.MAX - Connections.STRANGERS_OF_ADDRESS_MAX; i++) {
      assertThat(connections.add(new EmbeddedChannel(), "10.0.1." + i)).isNull();
    }
  }

  /** Takes in so many of an address, for none of which another has to go. */
  private List<Channel> add(int count, String address) {
    List<Channel> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var connection = new EmbeddedChannel();
      assertThat(connections.add(connection, address)).isNull();
      added.add(connection);
    }
    return added;
  }
}
