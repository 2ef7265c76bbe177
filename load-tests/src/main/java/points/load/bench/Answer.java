package points.load.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An answer as the gateway gave it, to be given again by a bare server.
 *
 * @param headers in their order, without the length, which every server writes by itself
 */
record Answer(int status, List<Header> headers, String body) {
  /** A header's name and value. */
  record Header(String name, String value) {
    static Header parse(String line) {
      String[] parts = line.split(":", 2);
      return new Header(parts[0], parts[1].trim());
    }

    boolean isLength() {
      return name.toLowerCase(Locale.ROOT).equals("content-length");
    }
  }

  /** Reads status line, headers, a blank line and the body. */
  static Answer parse(String raw) {
    String[] parts = raw.split("\r\n\r\n", 2);
    List<String> head = parts[0].lines().toList();
    String status = head.get(0).substring("HTTP/1.1 ".length()).substring(0, 3);
    Stream<Header> headers = head.stream().skip(1).map(Header::parse);
    return new Answer(
        Integer.parseInt(status), headers.filter(header -> !header.isLength()).toList(), parts[1]);
  }
}
