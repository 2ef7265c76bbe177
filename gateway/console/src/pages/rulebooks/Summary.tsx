import { Button, Card, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BracketsPicture } from './BracketsPicture';
import { LadderPicture } from '../tiers/LadderPicture';
import type { Book } from './document';
import { Windows } from './Windows';
import type { Words } from './words';

/** A part of a book that a form edits: one of its rules, or a promotion by its place (that of none for a new one). */
export type Part = 'base' | 'brackets' | 'caps' | 'tiers' | number;

interface SummaryProps {
  book: Book;
  words: Words;
  /** Opens the form of a part; undefined for readers. */
  onEdit: ((part: Part) => void) | undefined;
  onRemove: (promotion: number) => void;
  /** Whether the forms have to wait. */
  waits: boolean;
}

const SHOWN_MAX = 30;

/** A rule book in words. */
export function Summary({ book, words, onEdit, onRemove, waits }: SummaryProps) {
  const { t } = useTranslation();
  const edit = (part: Part) =>
    onEdit === undefined ? null : (
      <Button size="small" disabled={waits} aria-label={t('rulebooks:editNamed', { name: t(`rulebooks:sections.${part}`) })} onClick={() => onEdit(part)}>
        {t('rulebooks:edit')}
      </Button>
    );
  const promotions = book.promotions ?? [];
  const caps = words.caps(book.caps);
  return (
    <Flex vertical gap={16}>
      <Section title={t('rulebooks:sections.base')} extra={edit('base')}>
        <p>{words.ratio(book.base)}</p>
        <p className="muted last">
          {t(`rulebooks:rounding.${book.rounding?.mode ?? 'floor'}`)}
          {book.rounding?.carry === true && `${t('rulebooks:words.join')}${t('rulebooks:rounding.carry')}`}
        </p>
      </Section>
      <Section title={t('rulebooks:sections.brackets')} extra={edit('brackets')}>
        {book.brackets === undefined ? <p className="muted last">{t('rulebooks:noneOf.brackets')}</p> : <BracketsPicture brackets={book.brackets} words={words} />}
      </Section>
      <Section title={t('rulebooks:sections.ratios')}>
        {book.ratios === undefined || book.ratios.length === 0 ? (
          <p className="muted last">{t('rulebooks:noneOf.ratios')}</p>
        ) : (
          <Lines all={book.ratios} line={(it) => [it.id, words.goods(it.for) + t('rulebooks:words.colon') + words.ratio(it)]} />
        )}
      </Section>
      {book.tiers === undefined && book.tierFactors !== undefined && (
        <Section title={t('rulebooks:sections.tierFactors')}>
          <Lines all={Object.entries(book.tierFactors)} line={([tier, factor]) => [tier, `× ${factor}`]} />
        </Section>
      )}
      <Section
        title={t('rulebooks:sections.promotions')}
        extra={
          onEdit !== undefined && (
            <Button size="small" type="primary" disabled={waits} onClick={() => onEdit(promotions.length)}>
              {t('rulebooks:form.newPromotion')}
            </Button>
          )
        }
      >
        {promotions.length === 0 ? (
          <p className="muted last">{t('rulebooks:noneOf.promotions')}</p>
        ) : (
          <>
            <Windows promotions={promotions} words={words} />
            <ul className="rules">
              {promotions.map((it, i) => (
                <li key={`${i} ${it.id}`}>
                  <Flex justify="space-between" gap={8}>
                    <span>
                      <strong>{it.id}</strong> {words.effect(it)}
                    </span>
                    {onEdit !== undefined && (
                      <Flex gap={4}>
                        <Button size="small" disabled={waits} aria-label={t('rulebooks:editNamed', { name: it.id })} onClick={() => onEdit(i)}>
                          {t('rulebooks:edit')}
                        </Button>
                        <Button size="small" danger type="text" disabled={waits} aria-label={t('rulebooks:removeNamed', { name: it.id })} onClick={() => onRemove(i)}>
                          {t('rulebooks:remove')}
                        </Button>
                      </Flex>
                    )}
                  </Flex>
                  <div className="muted">{[words.goods(it.for), ...words.conditions(it.when), ...words.caps(it.cap)].join(' · ')}</div>
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Section title={t('rulebooks:sections.caps')} extra={edit('caps')}>
        {caps.length === 0 ? <p className="muted last">{t('rulebooks:noneOf.caps')}</p> : <Lines all={caps} line={(it) => ['', it]} />}
      </Section>
      <Section title={t('tiers:title')} extra={edit('tiers')}>
        {book.tiers === undefined ? <p className="muted last">{t('tiers:none')}</p> : <LadderPicture book={book} words={words} />}
      </Section>
      <More book={book} words={words} />
    </Flex>
  );
}

/** What a book has besides: sets, exclusions, stacking, examples. */
function More({ book, words }: { book: Book; words: Words }) {
  const { t } = useTranslation();
  const lines = [
    ...(book.excluded === undefined ? [] : [t('rulebooks:excluded', { goods: words.goods(book.excluded) })]),
    ...Object.entries(book.sets ?? {}).map(([name, set]) => t('rulebooks:setLine', { name, content: words.content(set) })),
    ...(book.stacking?.combine === undefined ? [] : [t(`rulebooks:combine.${book.stacking.combine}`)]),
    ...(book.stacking?.groups ?? []).map((it) => t('rulebooks:groupLine', { id: it.id, choose: t(`rulebooks:choose.${it.choose}`), scope: t(`rulebooks:scope.${it.scope}`) })),
    ...((book.growth?.rules?.length ?? 0) === 0 ? [] : [t('rulebooks:growthLine', { rules: book.growth!.rules!.map((it) => `${it.id}${t('rulebooks:words.colon')}${words.growth(it)}`).join(t('rulebooks:words.join')) })]),
    ...((book.examples?.length ?? 0) === 0 ? [] : [t('rulebooks:examples', { count: book.examples!.length })]),
  ];
  return lines.length === 0 ? null : (
    <Section title={t('rulebooks:sections.more')}>
      <Lines all={lines} line={(it) => ['', it]} />
    </Section>
  );
}

function Section({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <Card size="small" title={<h2 className="card-title">{title}</h2>} extra={extra}>
      {children}
    </Card>
  );
}

function Lines<T>({ all, line }: { all: T[]; line: (it: T) => [string, string] }) {
  const { t } = useTranslation();
  return (
    <ul className="rules">
      {all.slice(0, SHOWN_MAX).map((it, i) => {
        const [name, text] = line(it);
        return (
          <li key={i}>
            {name !== '' && <strong>{name} </strong>}
            {text}
          </li>
        );
      })}
      {all.length > SHOWN_MAX && <li className="muted">{t('rulebooks:andMore', { count: all.length - SHOWN_MAX })}</li>}
    </ul>
  );
}
