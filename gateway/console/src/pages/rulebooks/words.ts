import type { TFunction } from 'i18next';
import type { Shown } from '../../parts/numbers';
import { PERIODS, type Book, type Caps, type Condition, type Goods, type Promotion, type Ratio, type Stores } from './document';

/** Says parts of a rule book as people do. */
export class Words {
  constructor(
    private readonly t: TFunction,
    private readonly shown: Shown,
    /** The zone in which the times of the book are shown. */
    readonly timeZone: string,
    private readonly locale: string,
  ) {}

  ratio({ points, perAmount, per }: Ratio): string {
    return points === 0
      ? this.t('rulebooks:words.nothing')
      : this.t(per === 'fullStep' ? 'rulebooks:words.fullStep' : 'rulebooks:words.ratio', { count: points, amount: this.shown.money(perAmount) });
  }

  goods(goods: string | Goods | undefined): string {
    if (goods === undefined) {
      return this.t('rulebooks:words.allGoods');
    }
    return typeof goods === 'string' ? this.set(goods) : this.join((['products', 'categories', 'marginClasses', 'tags'] as const).flatMap((kind) => this.names(kind, goods[kind])));
  }

  stores(stores: string | Stores): string {
    return typeof stores === 'string' ? this.set(stores) : this.join((['storeIds', 'storeTags'] as const).flatMap((kind) => this.names(kind, stores[kind])));
  }

  /** The content of a set. */
  content(set: NonNullable<Book['sets']>[string]): string {
    return this.join(
      (['products', 'categories', 'marginClasses', 'tags', 'storeIds', 'storeTags', 'holidays', 'workdays'] as const).flatMap((kind) => this.names(kind, set[kind])),
    );
  }

  effect(it: Promotion): string {
    if (it.multiply !== undefined) {
      return this.t('rulebooks:words.multiply', { factor: it.multiply });
    }
    if (it.perUnit !== undefined) {
      return (
        this.t('rulebooks:words.perUnit', { count: it.perUnit }) +
        (it.unitsPerOrder === undefined ? '' : this.t('rulebooks:words.unitsPerOrder', { count: it.unitsPerOrder }))
      );
    }
    return this.t('rulebooks:words.fixed', { count: it.fixed ?? 0 });
  }

  /** The conditions of a promotion, one phrase for each field. */
  conditions(when: Condition = {}): string[] {
    const { t } = this;
    const hours = (when.hours ?? []).map((it) => `${it.from}–${it.to}`);
    return [
      ...(when.from === undefined && when.to === undefined ? [] : [this.window(when)]),
      ...(when.days === undefined ? [] : [t('rulebooks:words.days', { from: when.days.from ?? '…', to: when.days.to ?? '…' })]),
      ...(when.weekdays === undefined ? [] : [this.join(when.weekdays.map((it) => t(`rulebooks:weekdays.${it}`)))]),
      ...(hours.length === 0 ? [] : [this.join(hours)]),
      ...(when.calendar === undefined ? [] : [t('rulebooks:words.calendar', { days: this.join(when.calendar.days.map((it) => t(`rulebooks:dayKinds.${it}`))), name: when.calendar.in })]),
      ...(when.stores === undefined ? [] : [t('rulebooks:words.inStores', { stores: this.stores(when.stores) })]),
      ...(when.channels === undefined ? [] : [this.join(when.channels.map((it) => t(`rulebooks:channels.${it}`)))]),
      ...(when.tiers === undefined ? [] : [t('rulebooks:words.tiers', { tiers: this.join(when.tiers) })]),
      ...(when.groups === undefined ? [] : [t('rulebooks:words.groups', { groups: this.join(when.groups) })]),
      ...(when.minimum === undefined ? [] : [t('rulebooks:words.minimum', { amount: this.shown.money(when.minimum.amount), measured: t(`rulebooks:measured.${when.minimum.measured ?? 'current'}`) })]),
      ...(when.linesAtLeast === undefined ? [] : [t('rulebooks:words.linesAtLeast', { count: when.linesAtLeast })]),
      ...(when.firstPurchase === true ? [t('rulebooks:words.firstPurchase')] : []),
      ...(when.birthday === undefined ? [] : [this.birthday(when.birthday)]),
      ...(when.holdOut === undefined ? [] : [t('rulebooks:words.holdOut', { share: when.holdOut })]),
      ...this.exclusions(when.not ?? {}),
    ];
  }

  /** Caps, one phrase for each. */
  caps(caps: Caps & { unit?: string } = {}): string[] {
    const unit = caps.unit === 'uses' ? 'uses' : 'points';
    return [
      ...(caps.perOrder === undefined ? [] : [this.t('rulebooks:words.perOrder', { count: caps.perOrder })]),
      ...PERIODS.filter((it) => caps.perMember?.[it] !== undefined).map((it) =>
        this.t(`rulebooks:words.perMember.${unit}`, { count: caps.perMember![it]!, period: this.t(`rulebooks:periods.${it}`) }),
      ),
    ];
  }

  /** An instant as the clocks of the book show it. */
  time(instant: string): string {
    return new Intl.DateTimeFormat(this.locale, { timeZone: this.timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
  }

  /** What a rule of growth gives. */
  growth({ points, perAmount, fixed }: { points?: number; perAmount?: number; fixed?: number }): string {
    return fixed === undefined ? this.ratio({ points: points ?? 0, ...(perAmount === undefined ? {} : { perAmount }) }) : this.t('rulebooks:words.fixed', { count: fixed });
  }

  /** The name of a tier as members know it, else its id. */
  level({ id, name }: { id: string; name?: { zh?: string; en?: string } }): string {
    return (this.locale.startsWith('zh') ? name?.zh : name?.en) ?? id;
  }

  /** A day without its year, for scales. */
  day(instant: number): string {
    return new Intl.DateTimeFormat(this.locale, { timeZone: this.timeZone, month: 'short', day: 'numeric' }).format(instant);
  }

  private window({ from, to }: Condition): string {
    return from === undefined
      ? this.t('rulebooks:words.until', { to: this.time(to!) })
      : to === undefined
        ? this.t('rulebooks:words.from', { from: this.time(from) })
        : this.t('rulebooks:words.fromTo', { from: this.time(from), to: this.time(to) });
  }

  private birthday(text: string): string {
    const days = /^P(\d+)D$/.exec(text)?.[1];
    return days === undefined ? this.t('rulebooks:words.birthdayMonth') : this.t('rulebooks:words.birthday', { count: Number(days) });
  }

  private exclusions(not: NonNullable<Condition['not']>): string[] {
    const all = [
      ...(not.goods === undefined ? [] : [this.goods(not.goods)]),
      ...(not.stores === undefined ? [] : [this.stores(not.stores)]),
      ...(not.channels ?? []).map((it) => this.t(`rulebooks:channels.${it}`)),
      ...(not.tiers ?? []),
      ...(not.groups ?? []),
    ];
    return all.length === 0 ? [] : [this.t('rulebooks:words.except', { names: this.join(all) })];
  }

  private set(name: string): string {
    return this.t('rulebooks:words.set', { name });
  }

  private names(kind: string, names: string[] | undefined): string[] {
    const MANY = 6;
    if (names === undefined) {
      return [];
    }
    const more = names.length - MANY;
    const some = this.join(names.slice(0, MANY));
    return [`${this.t(`rulebooks:kinds.${kind}`)} ${some}${more > 0 ? this.t('rulebooks:words.more', { count: more }) : ''}`];
  }

  private join(parts: string[]): string {
    return parts.join(this.t('rulebooks:words.join'));
  }
}
