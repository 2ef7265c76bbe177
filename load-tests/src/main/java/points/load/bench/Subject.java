package points.load.bench;

/** What is measured: a gateway, whom the requests are about, and the PostgreSQL behind it. */
record Subject(RunningGateway gateway, Population population, Database database) {

  /** Whom the requests are about that are measured apart. */
  Population of(Holdings holdings) {
    return holdings.population(population);
  }
}
