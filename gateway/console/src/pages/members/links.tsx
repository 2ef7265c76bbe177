import { Link } from 'react-router';
import { api, content, type Schemas } from '../../api/client';
import { mayFor, useSession } from '../../api/session';
import { useForeignRefunds } from '../orders/foreign';

export function MemberLink({ memberId }: { memberId: string | undefined }) {
  return memberId === undefined ? <>–</> : <Link to={`/members/${encodeURIComponent(memberId)}`}>{memberId}</Link>;
}

/** The store and order of an entry; a link where this person may open the order. */
export function OrderLink({ entry: { storeId, orderId } }: { entry: Pick<Schemas['Entry'], 'storeId' | 'orderId'> }) {
  const session = useSession();
  const mayRefund = useForeignRefunds();
  if (storeId === undefined || orderId === undefined) {
    return <>{storeId ?? '–'}</>;
  }
  const text = `${storeId} / ${orderId}`;
  return !mayFor(session, 'read', storeId) && !mayRefund ? (
    <>{text}</>
  ) : (
    <Link to={`/orders?storeId=${encodeURIComponent(storeId)}&orderId=${encodeURIComponent(orderId)}`}>{text}</Link>
  );
}

/** A transaction as it is now. */
export const transactionQuery = (transactionId: string) => ({
  queryKey: ['member', 'transaction', transactionId],
  queryFn: () => content(api.GET('/v1/transactions/{transactionId}', { params: { path: { transactionId } } })),
});
