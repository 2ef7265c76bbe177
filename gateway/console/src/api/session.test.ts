import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isWaitingFor, mayFor, nowIs, storesFor, waitNoLonger, whenPersonChanges, type Session } from './session';
import { noteTyped } from './typed';

const session = (some: object): Session => ({ stores: null, permissions: ['read', 'refund', 'serve'], boundPermissions: [], ...some }) as unknown as Session;

describe('the stores for which a person may do something', () => {
  it('are all of them for who is bound to none', () => {
    expect(storesFor(session({}), 'serve')).toBeNull();
    expect(mayFor(session({}), 'serve', 'S2')).toBe(true);
  });

  it('are those of the account for what only the store manager gives', () => {
    const both = session({ stores: ['S1'], boundPermissions: ['serve'] });
    expect(storesFor(both, 'serve')).toEqual(['S1']);
    expect(storesFor(both, 'refund')).toBeNull();
    expect(mayFor(both, 'serve', 'S2')).toBe(false);
    expect(mayFor(both, 'serve', 'S1')).toBe(true);
    expect(mayFor(both, 'refund', 'S2')).toBe(true);
    expect(mayFor(both, 'setUp', 'S1')).toBe(false);
  });

  it('are none for a manager without stores', () => {
    expect(storesFor(session({ boundPermissions: ['serve'] }), 'serve')).toEqual([]);
  });

  it('are those of the account in all when the node is older and does not say', () => {
    const old = session({ stores: ['S1'], boundPermissions: undefined });
    expect(storesFor(old, 'refund')).toEqual(['S1']);
    expect(storesFor(session({ boundPermissions: undefined }), 'refund')).toBeNull();
  });
});

describe('what was read for a person', () => {
  const amy = session({ staffId: 'amy' });
  const bob = session({ staffId: 'bob' });
  const forgotten = vi.fn();
  const typed: (() => void)[] = [];

  beforeEach(() => {
    nowIs(undefined);
    waitNoLonger();
    whenPersonChanges(forgotten);
    nowIs(amy);
    forgotten.mockClear();
  });
  afterEach(() => typed.splice(0).forEach((end) => end()));

  it('is forgotten when the session ends with nothing typed in', () => {
    nowIs(undefined);
    expect(forgotten).toHaveBeenCalledOnce();
    expect(isWaitingFor(amy)).toBe(false);
  });

  it('stays for the same person when something was typed in, however often the session is asked for', () => {
    typed.push(noteTyped());
    nowIs(undefined);
    typed.splice(0).forEach((end) => end()); // The pages are hidden, and note nothing any more.
    nowIs(undefined);
    expect(isWaitingFor(amy)).toBe(true);
    nowIs(amy);
    expect(isWaitingFor(amy)).toBe(false);
    expect(forgotten).not.toHaveBeenCalled();
  });

  it('is forgotten when another person signs in, whatever was typed in', () => {
    typed.push(noteTyped());
    nowIs(undefined);
    nowIs(bob);
    expect(forgotten).toHaveBeenCalledOnce();
  });

  it('is forgotten when the person does not come back', () => {
    typed.push(noteTyped());
    nowIs(undefined);
    waitNoLonger();
    expect(forgotten).toHaveBeenCalledOnce();
    expect(isWaitingFor(amy)).toBe(false);
  });

  it('is not forgotten by a wait that ends after the person came back', () => {
    typed.push(noteTyped());
    nowIs(undefined);
    nowIs(amy);
    waitNoLonger();
    expect(forgotten).not.toHaveBeenCalled();
  });
});
