import { toMajor, toMinor } from '../../parts/numbers';
import { changed, type Book, type Brackets, type Step } from './document';

/** The fields of the form of brackets: money in the major unit. */
export interface BracketFields {
  mode: string;
  steps: { bound?: number | null; points: number; perAmount: number; before?: Step }[];
}

/** Brackets as the form shows them; two steps to begin with where there are none. */
export function toBracketFields(book: Book, currency: string): BracketFields {
  const ratio = { points: book.base.points, perAmount: toMajor(book.base.perAmount ?? 100, currency) };
  return book.brackets === undefined
    ? { mode: 'marginal', steps: [{ ...ratio, bound: 1_000 }, { ...ratio, points: ratio.points + 1 }] }
    : {
        mode: book.brackets.mode,
        steps: book.brackets.steps.map((it) => ({
          bound: it.upTo === undefined && it.from === undefined ? undefined : toMajor((it.upTo ?? it.from)!, currency),
          points: it.points,
          perAmount: toMajor(it.perAmount ?? 100, currency),
          before: it,
        })) as BracketFields['steps'],
      };
}

/** The brackets that the form says: with beginnings where the book has them, else with ends. */
export function toBrackets({ brackets, ...book }: Book, { mode, steps }: BracketFields, currency: string): Brackets {
  const begin = brackets?.steps.some((it) => it.from !== undefined) ?? false;
  return {
    ...(brackets ?? { id: freeId(book as Book) }),
    mode,
    steps: steps.map(({ bound, points, perAmount, before }, i) => {
      const minor = bound === undefined || bound === null ? undefined : toMinor(bound, currency);
      const none = points === 0 && before?.perAmount === undefined && before !== undefined;
      return changed<Step>(before ?? ({} as Step), {
        ...(begin ? { from: i === 0 ? 0 : minor } : { upTo: i === steps.length - 1 ? undefined : minor }),
        points,
        perAmount: none ? undefined : toMinor(perAmount, currency),
      });
    }),
  };
}

/** An id that no rule has. */
function freeId(book: Book): string {
  const taken = [...(book.ratios ?? []), ...(book.promotions ?? [])].map((it) => it.id);
  return ['brackets', ...Array.from({ length: taken.length + 1 }, (_, i) => `brackets${i + 2}`)].find((it) => !taken.includes(it))!;
}
