export const namespace = 'reviews';

export const en = {
  title: 'Reviews',
  status: 'Status',
  statuses: { review: 'To be decided', accepting: 'Accepted, not yet booked', accepted: 'Accepted', rejected: 'Rejected' },
  empty: { review: 'Nothing waits for a decision', accepting: 'Nothing is on its way', accepted: 'Nothing was accepted', rejected: 'Nothing was rejected' },
  received: 'Received',
  type: 'Type',
  types: { accrual: 'Late order', refund: 'Refund without a sale' },
  by: 'Decided by',
  accept: { menu: 'Accept', title: 'Accept', effect: 'Order {{order}} of {{amount}} is booked for member {{member}}, by the rules of its day.' },
  reject: { menu: 'Reject', title: 'Reject', effect: 'Order {{order}} of {{amount}} is not booked; member {{member}} gets nothing for it.' },
};

export const zh: typeof en = {
  title: '审核',
  status: '状态',
  statuses: { review: '待处理', accepting: '已通过，入账中', accepted: '已通过', rejected: '已拒绝' },
  empty: { review: '没有待处理的审核', accepting: '没有入账中的审核', accepted: '没有已通过的审核', rejected: '没有已拒绝的审核' },
  received: '收到时间',
  type: '类型',
  types: { accrual: '迟到的订单', refund: '没有原单的退款' },
  by: '处理人',
  accept: { menu: '通过', title: '通过', effect: '订单 {{order}}（{{amount}}）将按当日规则为会员 {{member}} 入账。' },
  reject: { menu: '拒绝', title: '拒绝', effect: '订单 {{order}}（{{amount}}）不入账，会员 {{member}} 不会获得积分。' },
};
