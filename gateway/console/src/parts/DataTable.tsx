import { Button, Empty, Flex, Table, Typography } from 'antd';
import type { ColumnType } from 'antd/es/table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem';
import type { Cell } from './csv';
import { ExportButton } from './ExportButton';
import { useShown, type Shown } from './numbers';
import type { ReadPage } from './pages';
import { ProblemAlert } from './ProblemView';

/** A column: one of `time`, `day`, `money` and `points`, which know how they are shown, sorted and exported, or its own `show`. */
export interface Column<T> {
  key: string;
  title: string;
  show?: (row: T) => ReactNode;
  /** An instant, shown with its time of day. */
  time?: (row: T) => string | null | undefined;
  /** An instant, shown as its day. */
  day?: (row: T) => string | null | undefined;
  /** Money in the minor unit. */
  money?: (row: T) => number | undefined;
  points?: (row: T) => number | undefined;
  /** The cell in an exported file; a column without it and of no kind is left out there. */
  csv?: (row: T) => Cell;
  /** What the column sorts by; it does not sort without. */
  sort?: (row: T) => number | string;
  number?: boolean;
  width?: number;
}

export interface DataTableProps<T> {
  /** Names the table for screen readers, and the exported file. */
  name: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  rowKey: (row: T) => string;
  loading?: boolean;
  problem?: ProblemError | undefined;
  retry?: () => void;
  more?: (() => void) | undefined;
  loadingMore?: boolean;
  /** Reads the list anew, for a file of all its rows. */
  readPage?: ReadPage<T>;
  expanded?: (row: T) => ReactNode;
  empty?: ReactNode;
  /** Whether cells break their lines rather than let the table be moved sideways: for few rows of words. */
  wraps?: boolean;
}

/** A table with everything people expect of one: states, order, more rows on demand, a file for a spreadsheet. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { t } = useTranslation();
  const text = useShown();
  const { name, columns, rows, rowKey, expanded } = props;
  const shown: ColumnType<T>[] = columns.map((column) => ({
    key: column.key,
    title: column.title,
    width: column.width,
    ...(isNumber(column) ? { align: 'right' as const, className: 'number' } : { align: 'left' as const }),
    render: (_: unknown, row: T) => content(column, row, text),
    ...(column.sort === undefined ? {} : { sorter: (one: T, other: T) => compare(column.sort!(one), column.sort!(other)) }),
  }));
  if (rows === undefined && props.problem !== undefined) {
    return <ProblemAlert problem={props.problem} retry={props.retry} />; // An empty table would say that there is nothing.
  }
  return (
    <section aria-label={name}>
      {props.problem !== undefined && <ProblemAlert problem={props.problem} retry={props.retry} />}
      <div className={props.wraps === true ? 'table-scroll table-wraps' : 'table-scroll'} role="group" aria-label={name} tabIndex={0 /* Moved sideways by the keyboard, too. */}>
        <Table<T>
          size="middle"
          columns={shown}
          dataSource={rows ?? []}
          rowKey={rowKey}
          loading={props.loading ?? false}
          pagination={false}
          locale={{
            emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={rows === undefined ? t('loading') : (props.empty ?? t('empty'))} />,
          }}
          {...(expanded === undefined ? {} : { expandable: { expandedRowRender: (row: T) => <div className="expanded">{expanded(row)}</div> } })}
        />
      </div>
      {(rows?.length ?? 0) > 0 && (
        <Flex justify="space-between" align="center" className="table-foot">
          <Typography.Text type="secondary">{t('paging.shown', { count: rows!.length })}</Typography.Text>
          {props.more !== undefined && (
            <Button onClick={props.more} loading={props.loadingMore ?? false}>
              {t('loadMore')}
            </Button>
          )}
          <ExportButton<T> name={name} columns={columns} rows={rows!} readPage={props.more === undefined ? undefined : props.readPage} />
        </Flex>
      )}
    </section>
  );
}

const isNumber = <T,>(column: Column<T>) => column.number === true || column.money !== undefined || column.points !== undefined;

function content<T>(column: Column<T>, row: T, text: Shown): ReactNode {
  const { show, time, day, money, points } = column;
  return show !== undefined
    ? show(row)
    : time !== undefined
      ? text.time(time(row))
      : day !== undefined
        ? text.day(day(row))
        : money !== undefined
          ? text.money(money(row))
          : text.points(points?.(row));
}

function compare(one: number | string, other: number | string): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other));
}
