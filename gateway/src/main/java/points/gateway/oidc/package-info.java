/** Sign-in by an identity provider: OpenID Connect, the code flow with PKCE. */
@NullMarked
package points.gateway.oidc;

import org.jspecify.annotations.NullMarked;
