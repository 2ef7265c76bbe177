export const namespace = 'held';

export const en = {
  title: 'Held orders',
  about: 'Orders beyond a limit of the rule book. Their points are pending.',
  undone: 'Undone before',
  limits: 'Beyond',
  cashier: 'Cashier',
  till: 'Till',
  ended: 'Decided',
  accept: '{{points}} points of order {{order}} become available to member {{member}}.',
  reject: '{{points}} points of order {{order}} are taken back from member {{member}}.',
};

export const zh: typeof en = {
  title: '防刷待审订单',
  about: '超出规则书限制的订单，积分待生效。',
  undone: '审核前已撤销',
  limits: '超出的限制',
  cashier: '收银员',
  till: '收银机',
  ended: '处理时间',
  accept: '订单 {{order}} 的 {{points}} 积分将对会员 {{member}} 可用。',
  reject: '订单 {{order}} 的 {{points}} 积分将从会员 {{member}} 收回。',
};
