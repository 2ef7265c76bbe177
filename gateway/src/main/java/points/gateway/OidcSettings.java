package points.gateway;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.gateway.oidc.GroupMapping;
import points.gateway.oidc.OidcOptions;
import points.gateway.oidc.SafeAddress;
import points.gateway.session.OidcRoutes;

/** The settings of sign-in by an identity provider, which is on when its issuer is set. */
final class OidcSettings {

  private static final String PREFIX = "POINTS_OIDC_";
  private static final int NAME_LENGTH_MAX = 60;
  private static final GroupMapping NO_GROUPS = GroupMapping.of("", "");

  private final SettingsReader environment;

  private OidcSettings(SettingsReader environment) {
    this.environment = environment;
  }

  /** Returns the options; null when there is no identity provider. */
  static @Nullable OidcOptions read(SettingsReader environment) {
    return new OidcSettings(environment).options();
  }

  private @Nullable OidcOptions options() {
    String issuer = value("ISSUER");
    String client = value("CLIENT_ID");
    String secret = value("CLIENT_SECRET");
    String redirect = value("REDIRECT_URI");
    String roles = value("ROLES");
    String stores = environment.text(PREFIX + "STORES", "");
    String name = value("NAME");
    String program = environment.text(PREFIX + "PROGRAM", "default");
    String claim = environment.text(PREFIX + "GROUPS_CLAIM", "groups");
    List<String> scopes =
        List.of(environment.text(PREFIX + "SCOPES", "openid profile").split("\\s+", -1));
    if (issuer == null) {
      if (client != null || secret != null || redirect != null || roles != null) {
        environment.wrong(
            "POINTS_OIDC_ISSUER must be set with the other POINTS_OIDC_ settings:"
                + " the https address of the identity provider");
      }
      return null;
    }
    URI address = checkAddresses(issuer, redirect);
    if (!scopes.contains("openid")) {
      environment.wrong(
          "POINTS_OIDC_SCOPES must have openid among its scopes, with spaces between");
    }
    if (name != null && name.length() > NAME_LENGTH_MAX) {
      environment.wrong("POINTS_OIDC_NAME must be 1 to 60 characters: it stands on a button");
    }
    String shown = name == null ? String.valueOf(address.getHost()) : name;
    return new OidcOptions(
        issuer.replaceFirst("/+$", ""),
        required("CLIENT_ID", client),
        required("CLIENT_SECRET", secret),
        required("REDIRECT_URI", redirect),
        shown,
        program,
        scopes,
        claim,
        groups(required("ROLES", roles), stores));
  }

  private @Nullable String value(String name) {
    return environment.value(PREFIX + name);
  }

  private String required(String name, @Nullable String value) {
    if (value == null) {
      environment.wrong(PREFIX + name + " must be set, because POINTS_OIDC_ISSUER is");
    }
    return value == null ? "" : value;
  }

  private URI checkAddresses(String issuer, @Nullable String redirect) {
    URI address = SafeAddress.parse(issuer);
    if (address == null || address.getQuery() != null || address.getFragment() != null) {
      environment.wrong(
          "POINTS_OIDC_ISSUER is '%s'; it must be an https address (http on this machine only)"
              .formatted(issuer));
    }
    if (redirect != null) {
      URI back = SafeAddress.parse(redirect);
      if (back == null || !String.valueOf(back.getPath()).endsWith(OidcRoutes.CALLBACK)) {
        environment.wrong(
            "POINTS_OIDC_REDIRECT_URI is '%s'; it must be the https address of this gateway (http on this machine only), with the path %s"
                .formatted(redirect, OidcRoutes.CALLBACK));
      }
    }
    return address == null ? URI.create("https://none.invalid") : address;
  }

  private GroupMapping groups(String roles, String stores) {
    try {
      GroupMapping groups = GroupMapping.of(roles, stores);
      if (groups.isEmpty() && !roles.isEmpty()) {
        throw new IllegalArgumentException("no group has a role");
      }
      return groups;
    } catch (IllegalArgumentException e) {
      environment.wrong(
          "POINTS_OIDC_ROLES must be group=role;group=role with roles of people, and POINTS_OIDC_STORES group=store;prefix*=*: %s"
              .formatted(e.getMessage()));
      return NO_GROUPS;
    }
  }
}
