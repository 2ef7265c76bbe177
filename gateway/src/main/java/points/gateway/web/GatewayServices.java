package points.gateway.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import points.gateway.access.ApiKeys;
import points.gateway.access.TrustedProxies;
import points.gateway.admission.ByteBudget;
import points.gateway.admission.InFlight;
import points.gateway.admission.KeyedLimit;
import points.gateway.node.DatabaseWatch;
import points.gateway.node.Nodes;
import points.gateway.oidc.ProviderSignIn;
import points.gateway.staff.Staff;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.feed.Feed;
import points.ledger.figure.Figures;

/**
 * The parts of the node that its routes work with.
 *
 * @param staff the people who sign in
 * @param nodes the nodes of the cluster, this one among them
 * @param provider the identity provider; null when there is none
 * @param batches the batches among the requests under way
 * @param listeners the callers that wait for events
 * @param bytes the budget for the bodies of the requests under way
 * @param proxies the proxies whose word about a caller's address counts
 * @param deadline the age at which a request is answered with 504 if it has no answer yet
 */
public record GatewayServices(
    Ledger ledger,
    Registry registry,
    ApiKeys keys,
    Feed feed,
    Figures figures,
    Staff staff,
    @Nullable ProviderSignIn provider,
    Nodes nodes,
    DatabaseWatch database,
    InFlight inFlight,
    InFlight batches,
    KeyedLimit listeners,
    ByteBudget bytes,
    TrustedProxies proxies,
    Duration deadline,
    MeterRegistry meters) {}
