export const namespace = 'rulebooks';

export const en = { title: 'Rule books' };

export const zh: typeof en = { title: '规则书' };
