import { describe, expect, it } from 'vitest';
import { mayFor, storesFor, type Session } from './session';

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
