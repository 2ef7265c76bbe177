import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api, content, setCsrfToken, type Schemas } from './client';
import { forgetCalls } from './idempotency';
import { ProblemError } from './problem';
import { isSomethingTyped } from './typed';

/** Who looks at the page, and what the person may do. */
export type Session = Schemas['Session'];

/** The permissions of the gateway that decide what the console shows. */
export type Permission =
  | 'setUp'
  | 'manageKeys'
  | 'manageStaff'
  | 'readAccess'
  | 'readTrail'
  | 'readSystem'
  | 'adjust'
  | 'give'
  | 'freeze'
  | 'editRuleBooks'
  | 'endMembers'
  | 'reverse'
  | 'review'
  | 'readReviews'
  | 'refund'
  | 'serve'
  | 'grantTiers'
  | 'hideRatings'
  | 'keepCatalogue'
  | 'keepProfiles'
  | 'listMembers'
  | 'prove'
  | 'readChain'
  | 'readFigures'
  | 'read';

export function may(session: Session, ...permissions: Permission[]): boolean {
  return permissions.every((permission) => session.permissions.includes(permission));
}

/**
 * The stores for which a person may make calls with this permission; null for all of them.
 *
 * Who is a store manager and something else is bound only in what no other role gives. A node of the release before
 * does not say which permissions these are: then it is all of them.
 */
export function storesFor(session: Session, permission: Permission): string[] | null {
  const bound: string[] = (session as Partial<Session>).boundPermissions ?? (session.stores === null ? [] : session.permissions);
  return bound.includes(permission) ? (session.stores ?? []) : null;
}

export function mayFor(session: Session, permission: Permission, storeId: string): boolean {
  return may(session, permission) && (storesFor(session, permission)?.includes(storeId) ?? true);
}

export type SignIn = Schemas['SignInRequest'];

let person: string | undefined;
let isOpen = false;
let onOtherPerson: () => void = () => {};

/** Sets what happens when this browser has the session of another person than before, or of none any more. */
export function whenPersonChanges(action: () => void): void {
  onOtherPerson = action;
}

/** Whether what this person typed in waits for the person to sign in again. */
export const isWaitingFor = (session: Session) => !isOpen && person === session.staffId;

/** Gives up waiting for a person who does not sign in again. */
export function waitNoLonger(): void {
  if (!isOpen && person !== undefined) {
    person = undefined;
    onOtherPerson();
  }
}

/** Notes the person of this browser before anything is shown to that person. */
export function nowIs(session: Session | undefined): void {
  setCsrfToken(session?.csrfToken);
  const ends = isOpen && session === undefined;
  isOpen = session !== undefined;
  if (session === undefined && (!ends || isSomethingTyped())) {
    return; // Nothing is forgotten yet: the person may sign in again, and find it.
  }
  if (session?.staffId !== person) {
    person = session?.staffId;
    onOtherPerson();
  }
}

async function opened(pending: Promise<Session>): Promise<Session> {
  const session = await pending;
  nowIs(session);
  return session;
}

export const readSession = () => opened(content(api.GET('/v1/session')));
export const signIn = (body: SignIn) => opened(content(api.POST('/v1/session', { body })));

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** The session of the person who looks at the page. Only below the signed-in part of the tree. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('There is no session here.');
  }
  return session;
}

/** How people may sign in at this gateway. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['session', 'options'],
  staleTime: Infinity,
  queryFn: () => content(api.GET('/v1/session/options')),
});

export const SESSION = ['session'];

/** The session of this browser; null where there is none. */
export const sessionQuery = queryOptions({
  queryKey: SESSION,
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      return await readSession();
    } catch (cause) {
      if (ProblemError.from(cause).status === 401) {
        nowIs(undefined);
        return null;
      }
      throw cause;
    }
  },
});

/**
 * Ends the session, or all sessions of the person. What was read goes with the page.
 *
 * @param next the page that says so
 */
export async function signOut(everywhere = false, next = '/console/'): Promise<void> {
  await content(everywhere ? api.DELETE('/v1/sessions') : api.DELETE('/v1/session')).catch(() => undefined);
  forgetCalls(sessionStorage);
  location.assign(next);
}
