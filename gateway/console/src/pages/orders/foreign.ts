import { useQuery } from '@tanstack/react-query';
import { may, storesFor, useSession } from '../../api/session';
import { programQuery } from '../../parts/program';

/** Whether the person may take back what other stores sold. The gateway decides; this says whether to offer it. */
export function useForeignRefunds(): boolean {
  const session = useSession();
  const bound = may(session, 'refund') && storesFor(session, 'refund') !== null;
  const program = useQuery({ ...programQuery, enabled: bound });
  return bound && program.data?.refunds.stores === 'any';
}
