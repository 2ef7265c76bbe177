export const namespace = 'parked';

export const en = {
  title: 'Waiting refunds',
  text: 'These refunds came before their sale. They are applied by themselves when it comes, and become a review after a week.',
  status: 'Status',
  all: 'All',
  statuses: { parked: 'Waiting', applying: 'Being applied', refused: 'Refused', withdrawn: 'Withdrawn', lapsed: 'Sale did not come' },
  none: 'No refund waits for its sale',
  parkedAt: 'Since',
  refundId: 'Refund',
  lapsesAt: 'Waits until',
  withdraw: 'Withdraw',
  withdrawText: 'Withdraw a refund only if the goods stayed with the customer.',
  withdrawEffect: 'Refund {{refundId}} of order {{order}} will not be applied when the sale comes.',
};

export const zh: typeof en = {
  title: '等待中的退款',
  text: '这些退款先于原单到达。原单到达后会自动处理；一周后仍未到达则转为审核。',
  status: '状态',
  all: '全部',
  statuses: { parked: '等待中', applying: '处理中', refused: '被拒绝', withdrawn: '已撤回', lapsed: '原单未到' },
  none: '没有等待原单的退款',
  parkedAt: '开始时间',
  refundId: '退款号',
  lapsesAt: '等待至',
  withdraw: '撤回',
  withdrawText: '只有商品仍在顾客手中时才应撤回退款。',
  withdrawEffect: '原单到达时将不处理订单 {{order}} 的退款 {{refundId}}。',
};
