package points.load.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The few requests, one after the other, that make a run's stores and look at an answer. */
final class Setup {
  private static final int TIMEOUT_MS = 10_000;

  private Setup() {}

  /** Makes the stores of a population. */
  static void makeStores(InetSocketAddress gateway, Population population) {
    for (int number = 0; number < population.stores(); number++) {
      String json =
          "{\"storeId\":\"%s\",\"name\":\"Store %d\"}"
              .formatted(population.storeId(number), number);
      String headers =
          "Host: %s\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\n"
              .formatted(population.authority(), population.apiKey(), UUID.randomUUID());
      ResponseReader answer = exchange(gateway, RequestTemplate.post("/v1/stores", headers, json));
      if (answer.status() != 201) {
        throw new BenchmarkFailure(
            "no store could be made: " + answer.head() + " " + answer.body());
      }
    }
  }

  /** What the gateway answers to a balance read, byte for byte. */
  static String balanceAnswer(InetSocketAddress gateway, Population population) {
    RequestTemplate read = population.read();
    ResponseReader answer = exchange(gateway, read);
    if (answer.status() != 200) {
      throw new BenchmarkFailure(
          "no balance could be read: " + answer.head() + " " + answer.body());
    }
    return answer.head() + "\r\n\r\n" + answer.body();
  }

  private static ResponseReader exchange(InetSocketAddress server, RequestTemplate request) {
    ByteBuffer out = ByteBuffer.allocate(8192);
    request.writeTo(out);
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(out.array(), 0, out.position());
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new BenchmarkFailure("the gateway does not answer: " + e.getMessage(), e);
    }
  }

  private static ResponseReader answer(InputStream in) throws IOException {
    ResponseReader reader = new ResponseReader();
    byte[] bytes = new byte[8192];
    while (true) {
      int count = in.read(bytes);
      if (count < 0) {
        throw new IOException("closed before the answer was complete");
      }
      if (reader.read(ByteBuffer.wrap(bytes, 0, count))) {
        return reader;
      }
    }
  }
}
