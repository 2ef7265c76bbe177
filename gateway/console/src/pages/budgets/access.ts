import { may, storesFor, type Session } from '../../api/session';

/** Budgets are those of the whole chain: a person who is bound to stores does not see them. */
export const maySeeBudgets = (session: Session): boolean => may(session, 'readChain') && storesFor(session, 'readChain') === null;
