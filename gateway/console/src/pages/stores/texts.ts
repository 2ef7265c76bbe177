export const namespace = 'stores';

export const en = {
  title: 'Stores',
  add: 'Add a store',
  none: 'There are no stores yet',
  storeId: 'Store number',
  storeIdHelp: 'As your tills know it. It cannot be changed later.',
  name: 'Name',
  since: 'Since',
  addEffect: 'Store {{storeId}}, “{{name}}”, is added.',
  rename: 'Rename the store',
  nowNamed: 'The other person named it “{{name}}”.',
  day: 'Curve and other days',
};

export const zh: typeof en = {
  title: '门店',
  add: '新增门店',
  none: '还没有门店',
  storeId: '门店号',
  storeIdHelp: '与收银系统一致，之后不能修改。',
  name: '名称',
  since: '创建时间',
  addEffect: '将新增门店 {{storeId}}“{{name}}”。',
  rename: '修改门店名称',
  nowNamed: '对方已把名称改为“{{name}}”。',
  day: '曲线与其他日期',
};
