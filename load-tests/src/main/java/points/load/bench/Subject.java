package points.load.bench;

/** What is measured: a gateway, whom the requests are about, and the PostgreSQL behind it. */
record Subject(RunningGateway gateway, Population population, Database database) {}
