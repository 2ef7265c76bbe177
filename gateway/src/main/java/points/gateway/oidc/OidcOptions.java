package points.gateway.oidc;

import java.util.List;

/**
 * The identity provider that people sign in with, and what its groups may do here.
 *
 * @param issuer the provider's address, without a slash at its end
 * @param clientSecret the secret that the provider gave this client
 * @param redirectUri the address of this gateway to which the provider sends people back
 * @param name the provider's name, for people
 * @param programId the program that all its people belong to
 * @param groupsClaim the claim of the id token that has a person's groups
 */
public record OidcOptions(
    String issuer,
    String clientId,
    String clientSecret,
    String redirectUri,
    String name,
    String programId,
    List<String> scopes,
    String groupsClaim,
    GroupMapping groups) {

  public OidcOptions {
    scopes = List.copyOf(scopes);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "client " + clientId + " of " + issuer;
  }
}
