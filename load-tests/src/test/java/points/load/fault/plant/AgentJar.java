package points.load.fault.plant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/** The agent, packed so that a virtual machine takes it. */
final class AgentJar {
  private AgentJar() {}

  /** Packs it. */
  static Path pack(Path file) throws IOException, URISyntaxException {
    Path byteBuddy =
        Path.of(ByteBuddy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), PlantAgent.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, byteBuddy.toUri().toString());
    Files.createDirectories(file.resolveSibling(""));
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Class<?> type :
          List.of(
              Plant.class,
              PlantAgent.class,
              AdvicePoint.class,
              DomainPlants.class,
              OrderPlants.class,
              FeedPlants.class)) {
        add(jar, type);
        for (Class<?> advice : type.getDeclaredClasses()) {
          add(jar, advice);
        }
      }
    }
    return file;
  }

  private static void add(JarOutputStream jar, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no such class file: " + name);
      }
      jar.putNextEntry(new JarEntry(name));
      in.transferTo(jar);
      jar.closeEntry();
    }
  }
}
