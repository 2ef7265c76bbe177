package points.load.fault.net;

import java.util.ArrayList;
import java.util.List;
import points.load.process.Shell;

/**
 * One host of the network: a namespace with one address.
 *
 * @param name of the namespace
 * @param number the last part of its address
 */
public record Host(String name, int number) {

  /** The address at which other hosts reach it. */
  public String address() {
    return Network.PREFIX + number;
  }

  /** The command that runs another command on this host, in the same process. */
  public List<String> on(List<String> command) {
    List<String> there = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name, "--"));
    there.addAll(command);
    return there;
  }

  void run(String... command) {
    Shell.run(on(List.of(command)));
  }
}
