/** The address at which the gateway sends a browser to the identity provider. */
export const PROVIDER = '/v1/session/oidc';

const HOME = '/console/';
const RETURN = 'points.returnTo';

/** Why the gateway led a person back without a session, and what the page says when there was one. */
const REASONS = ['notBegun', 'denied', 'away', 'busy', 'locked', 'notValid', 'noGroup', 'noStore', 'inactive', 'notSetUp', 'signedOut'] as const;
export type Reason = (typeof REASONS)[number];

/** The address after a person has signed out here, and not at the provider. */
export const SIGNED_OUT = `${HOME}?signIn=signedOut`;

/** Keeps the page that a person wanted while the provider's page is in this tab; after a refusal the one of before. */
export function keepPage(storage: Storage, page: Pick<Location, 'pathname' | 'search'>): void {
  if (page.pathname === HOME && storage.getItem(RETURN) !== null) {
    return;
  }
  storage.setItem(RETURN, page.pathname + withoutReason(page.search));
}

/** Takes the page that was kept, for a person who comes back; undefined for everybody else. */
export function takePage(storage: Storage, here: Pick<Location, 'pathname' | 'search'>): string | undefined {
  const page = storage.getItem(RETURN);
  if (page === null || here.pathname !== HOME || here.search !== '') {
    return undefined;
  }
  storage.removeItem(RETURN);
  return page.startsWith(HOME) ? page : undefined;
}

/** The reason in an address, if it is one that the console knows. */
export function reasonIn(search: string): Reason | undefined {
  const said = new URLSearchParams(search).get('signIn');
  return REASONS.find((reason) => reason === said);
}

/** The rest of an address. */
export function withoutReason(search: string): string {
  const rest = new URLSearchParams(search);
  rest.delete('signIn');
  return rest.size === 0 ? '' : `?${rest.toString()}`;
}
