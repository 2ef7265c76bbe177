package points.load.bench;

/** What the gateway is measured against: plain SQL, and a server that does nothing. */
record Opponents(Pgbench pgbench, BareProcess bare) {}
