import type { Session } from '../api/session';

export type PersonItem = 'password' | 'secondFactor' | 'out' | 'everywhere';

/** The menu of the person. People without a password here keep theirs, and their second factor, at the identity provider. */
export function personMenu(session: Pick<Session, 'signInBy'>): PersonItem[] {
  return session.signInBy.includes('password') ? ['password', 'secondFactor', 'out', 'everywhere'] : ['out', 'everywhere'];
}

/** A secret as people type it: groups of four. */
export function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

/** A code without the spaces that authenticators show in it. */
export function codeOf(typed: string): string {
  return typed.replace(/\s/g, '');
}
