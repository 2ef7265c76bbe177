package points.load.bench;

/**
 * Processor time of the three parties, in microseconds: in all, or per request.
 *
 * @param server gateway or bare server
 * @param postgres postmaster and all its children, the ended ones too
 * @param client who sends the requests
 */
record ProcessorUse(double server, double postgres, double client) {
  ProcessorUse minus(ProcessorUse earlier) {
    return new ProcessorUse(
        server - earlier.server, postgres - earlier.postgres, client - earlier.client);
  }

  ProcessorUse per(long requests) {
    return new ProcessorUse(server / requests, postgres / requests, client / requests);
  }
}
